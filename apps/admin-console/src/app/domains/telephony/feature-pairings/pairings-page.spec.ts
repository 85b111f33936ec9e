import { describePageStates } from '../../../shared/testing/page-states';
import { listed, renderPage } from '../../../shared/testing/render-page';
import { PairingsPage } from './pairings-page';

const URL = '/api/v1/console/pairings';

describePageStates('PairingsPage', {
  page: PairingsPage,
  url: URL,
  empty: listed([]),
  emptyWords: 'No extensions yet',
});

describe('PairingsPage', () => {
  it('marks each extension with a green check or a red cross, in words too', async () => {
    const page = await renderPage(PairingsPage);
    const pairing = { tenant_id: 'pbx_1', domain: 'pbx.example', name: null, since: null, expires_at: null };
    await page.answer(
      URL,
      listed([
        { ...pairing, extension: '504', name: 'Rafael Brandt', state: 'paired', since: '2026-11-01T10:00:00Z' },
        { ...pairing, extension: '505', state: 'never' },
        { ...pairing, extension: '506', state: 'expired' },
        { ...pairing, extension: '507', state: 'revoked' },
      ]),
    );
    const verdicts = [...page.element.querySelectorAll('.verdict')].map((verdict) => [
      verdict.textContent?.trim(),
      verdict.getAttribute('data-paired'),
    ]);
    expect(verdicts).toEqual([
      ['Paired', 'true'],
      ['Not paired', 'false'],
      ['Expired', 'false'],
      ['Revoked', 'false'],
    ]);
    expect(page.text()).toContain('1 of 4 extensions are paired');
  });
});
