import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { describePageStates } from '../../../shared/testing/page-states';
import { listed, renderPage } from '../../../shared/testing/render-page';
import { anOperation } from '../testing/an-operation';
import { HistoryPage } from './history-page';

const URL = '/api/v1/integrations/smokeball/sync?page=1';

describePageStates('HistoryPage', {
  page: HistoryPage,
  url: URL,
  empty: listed([]),
  emptyWords: 'Nothing was sent yet',
});

describe('HistoryPage', () => {
  it('asks for what the address says; days are days of the firm, both included', async () => {
    const page = await renderPage(HistoryPage, {
      inputs: {
        state: 'failed',
        kind: 'document.push',
        error_code: 'rejected',
        q: 'okafor',
        from: '2026-11-01',
        to: '2026-11-01',
        page: '3',
      },
    });
    const { params } = page.http.expectOne((sent) => sent.url.endsWith('/sync')).request;
    expect(Object.fromEntries(params.keys().map((key) => [key, params.get(key)]))).toEqual({
      state: 'failed',
      kind: 'document.push',
      error_code: 'rejected',
      q: 'okafor',
      from: '2026-11-01T07:00:00.000Z',
      to: '2026-11-02T08:00:00.000Z',
      page: '3',
    });
  });

  it('tells an empty answer to a filter from an empty history', async () => {
    const page = await renderPage(HistoryPage, { inputs: { state: 'held' } });
    await page.answer('/api/v1/integrations/smokeball/sync?state=held&page=1', listed([]));
    expect(page.text()).toContain('Nothing matches');
  });

  it('shows state, title, matter, attempts and the error in plain words', async () => {
    const page = await renderPage(HistoryPage);
    await page.answer(URL, listed([anOperation()]));
    for (const words of [
      'Failed',
      'Send document Agreement.pdf',
      'Okafor v. Transit Authority',
      '2 attempts',
      'Smokeball did not answer.',
      '1–1 of 1',
    ]) {
      expect(page.text()).toContain(words);
    }
  });

  it('retries one row once for a double click, and reads again', async () => {
    const page = await renderPage(HistoryPage);
    await page.answer(URL, listed([anOperation()]));
    const retry = page.button('Retry: Send document Agreement.pdf');
    retry.click();
    retry.click();
    page
      .request('/api/v1/integrations/smokeball/sync/op_1/retry', 'POST')
      .flush({ data: {} }, { status: 202, statusText: 'Accepted' });
    await page.settle();
    await page.answer(URL, listed([anOperation({ state: 'running', error: null })]));
    expect(page.text()).toContain('Running');
    expect(page.text()).not.toContain('Retry:');
  });

  it('offers a retry to what would be tried again by itself, but not to what merely waits for its turn', async () => {
    const page = await renderPage(HistoryPage);
    const later = { state: 'pending', next_attempt_at: '2026-11-22T10:05:00.000Z' } as const;
    await page.answer(URL, listed([anOperation(later), anOperation({ id: 'op_2', state: 'pending', error: null })]));
    expect(page.element.querySelectorAll('ml-retry-button')).toHaveLength(1);
    const words = [...page.element.querySelectorAll('ml-operation-state')].map((state) => state.textContent.trim());
    expect(words).toEqual(['Failed, will retry', 'Waiting']);
  });

  it('counts first, then retries all that match with the same filter', async () => {
    const page = await renderPage(HistoryPage, { inputs: { state: 'failed' } });
    await page.answer('/api/v1/integrations/smokeball/sync?state=failed&page=1', listed([anOperation()]));
    page.button('Retry all that match').click();
    await page.settle();
    const count = page.request('/api/v1/integrations/smokeball/sync/retry', 'POST');
    expect(count.request.body).toEqual({ filter: { state: 'failed' }, dry_run: true });
    count.flush({ data: { batch_id: null, accepted: 1234 } });
    await page.settle();
    expect(document.body.textContent).toContain('1,234 operations');
    page.button('Retry 1,234').click();
    await page.settle();
    const start = page.request('/api/v1/integrations/smokeball/sync/retry', 'POST');
    expect(start.request.body).toEqual({ filter: { state: 'failed' }, dry_run: false });
  });

  it('offers an auditor no retry at all', async () => {
    const page = await renderPage(HistoryPage, { role: 'auditor' });
    await page.answer(URL, listed([anOperation()]));
    expect(page.text()).toContain('Send document Agreement.pdf');
    expect(page.element.querySelectorAll('ml-retry-button')).toHaveLength(0);
    expect(page.text()).not.toContain('Retry all');
  });

  it('writes a filter into the address and starts at page 1 again', async () => {
    const page = await renderPage(HistoryPage, { inputs: { page: '4' } });
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const from = page.element.querySelector<HTMLInputElement>('input[type=date]');
    if (!from) throw new Error('No date field');
    from.value = '2026-11-05';
    from.dispatchEvent(new Event('change'));
    expect(navigate).toHaveBeenCalledWith(
      [],
      expect.objectContaining({ queryParams: { page: null, from: '2026-11-05' }, queryParamsHandling: 'merge' }),
    );
  });
});
