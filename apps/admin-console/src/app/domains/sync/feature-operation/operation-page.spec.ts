import { describePageStates } from '../../../shared/testing/page-states';
import { renderPage } from '../../../shared/testing/render-page';
import { anOperation } from '../testing/an-operation';
import { OperationPage } from './operation-page';

const URL = '/api/v1/integrations/smokeball/sync/op_1';

describePageStates('OperationPage', {
  page: OperationPage,
  url: URL,
  inputs: { id: 'op_1' },
  empty: { data: anOperation({ state: 'pending', error: null, attempts: 0 }) },
  emptyWords: 'No attempt yet',
});

describe('OperationPage', () => {
  it('shows steps, and every call of every attempt with status, request id and duration', async () => {
    const page = await renderPage(OperationPage, { inputs: { id: 'op_1' } });
    const call = { method: 'POST', route: '/matters', started_at: '2026-11-22T10:00:00Z' };
    await page.answer(URL, {
      data: anOperation({
        steps: [
          { name: 'Look for an existing matter', at: '2026-11-22T10:00:00Z', attempt: 1, state: 'done' },
          { name: 'Create the matter', at: '2026-11-22T10:00:01Z', attempt: 1, state: 'failed' },
        ],
        attempt_log: [
          {
            number: 1,
            started_at: '2026-11-22T10:00:00Z',
            finished_at: null,
            outcome: 'failed',
            error: null,
            calls: [{ ...call, status: null, request_id: 'req_sb_1', duration_ms: 10_000, note: 'no answer' }],
          },
          {
            number: 2,
            started_at: '2026-11-22T10:05:00Z',
            finished_at: null,
            outcome: 'failed',
            error: null,
            calls: [{ ...call, status: 503, request_id: 'req_sb_2', duration_ms: 441, note: 'retry' }],
          },
        ],
      }),
    });
    const words = page.text();
    for (const expected of [
      'Look for an existing matter',
      'Create the matter Failed',
      'No answer',
      '503',
      'req_sb_2',
      '441 ms',
      'It is tried again by itself.',
    ]) {
      expect(words).toContain(expected);
    }
    expect(words.indexOf('Attempt 2')).toBeLessThan(words.indexOf('Attempt 1'));
  });

  it('says why a retry could not be started, and stays usable', async () => {
    const page = await renderPage(OperationPage, { inputs: { id: 'op_1' } });
    await page.answer(URL, { data: anOperation() });
    page.button('Retry').click();
    page
      .request(`${URL}/retry`, 'POST')
      .flush(
        { error: { code: 'conflict', message: 'It runs already.', details: {} } },
        { status: 409, statusText: 'Conflict' },
      );
    await page.settle();
    await page.answer(URL, { data: anOperation({ state: 'running', error: null }) });
    expect(page.text()).toContain('Running');
  });

  it('names a missing operation as such', async () => {
    const page = await renderPage(OperationPage, { inputs: { id: 'op_1' } });
    await page.refuse(URL, 404, 'not_found', 'There is no such operation.');
    expect(page.text()).toContain('Not found');
    expect(page.text()).not.toContain('Try again');
  });
});
