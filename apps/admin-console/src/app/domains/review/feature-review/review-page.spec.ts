import { RELOAD_AFTER_MS } from '../../../shared/live/reload-on-change';
import { describePageStates } from '../../../shared/testing/page-states';
import { listed, Rendered, renderPage } from '../../../shared/testing/render-page';
import { aCandidate, aReview } from '../testing/a-review';
import { ReviewPage } from './review-page';

const URL = '/api/v1/console/contact-reviews?state=waiting&page=1';
const ONE = '/api/v1/console/contact-reviews/cli_1';
const INDEX = '/api/v1/console/contact-index';

const readIndex = (page: Rendered<ReviewPage>) =>
  page.answer(INDEX, { data: { state: 'filling', read: 1500, total: 5000, known: 1200, filled_at: null } });

describePageStates('ReviewPage', {
  page: ReviewPage,
  url: URL,
  aside: readIndex,
  empty: listed([]),
  emptyWords: 'Nothing to decide',
});

async function shown(...reviews: object[]): Promise<Rendered<ReviewPage>> {
  const page = await renderPage(ReviewPage);
  await readIndex(page);
  await page.answer(URL, listed(reviews));
  return page;
}

describe('ReviewPage', () => {
  it('shows the client beside each candidate with the reasons, and how much of Smokeball is known', async () => {
    const page = await shown(
      aReview({ candidates: [aCandidate(), aCandidate({ contact_id: 'con_2', name: 'Annie Rivera', likely: true })] }),
    );
    for (const words of [
      'Anna Rivera',
      'Rivera v. Rivera',
      'Bruno Rivera',
      'For: Same e-mail address',
      'Against: Another first name: “Bruno”, not “Anna”',
      'Likely',
      'Doubtful',
      '1,500 of 5,000',
    ])
      expect(page.text()).toContain(words);
  });

  it('links the chosen one, and the decision can be taken back', async () => {
    const page = await shown(aReview());
    page.button('Link to Bruno Rivera').click();
    page.button('Link to Bruno Rivera').click();
    const sent = page.request(`${ONE}/decision`, 'POST');
    expect(sent.request.body).toEqual({ decision: 'link', contact_id: 'con_1' });
    sent.flush({ data: { accepted: true } });
    await page.settle();
    const decision = { decision: 'link', contact_id: 'con_1', undo_until: '2026-03-07T14:00:10.000Z' } as const;
    await page.answer(URL, listed([aReview({ decision })]));
    expect(page.text()).toContain('Anna Rivera will be linked to Bruno Rivera.');
    expect(page.text()).not.toContain('Create a new contact');
    page.button('Undo').click();
    page.request(`${ONE}/decision`, 'DELETE').flush(null, { status: 204, statusText: 'No content' });
    await page.settle();
    await page.answer(URL, listed([aReview()]));
    expect(page.text()).toContain('Create a new contact');
  });

  it('has a new one created', async () => {
    const page = await shown(aReview());
    page.button('Create a new contact for Anna Rivera').click();
    expect(page.request(`${ONE}/decision`, 'POST').request.body).toEqual({ decision: 'create' });
  });

  it('puts the question aside', async () => {
    const page = await shown(aReview());
    page.button('Ask me in a week').click();
    expect(page.request(`${ONE}/postpone`, 'POST').request.body).toEqual({ days: 7 });
  });

  it('says so when somebody else was quicker, and shows what is true now', async () => {
    const page = await shown(aReview());
    page.button('Create a new contact').click();
    page
      .request(`${ONE}/decision`, 'POST')
      .flush(
        { error: { code: 'conflict', message: 'Somebody has decided this already.', details: {} } },
        { status: 409, statusText: 'Conflict' },
      );
    await page.settle();
    await page.answer(URL, listed([]));
    expect(page.text()).toContain('Nothing to decide');
  });

  it('explains a client whose contact is gone', async () => {
    const page = await shown(aReview({ candidates: [] }));
    expect(page.text()).toContain('is gone in Smokeball');
  });

  it('lets an auditor look and not decide', async () => {
    const page = await renderPage(ReviewPage, { role: 'auditor' });
    await readIndex(page);
    await page.answer(URL, listed([aReview()]));
    expect(page.text()).toContain('Bruno Rivera');
    expect(page.text()).not.toContain('Link to this contact');
    expect(page.text()).not.toContain('Create a new contact');
  });

  it('shows what was put aside, and takes it back', async () => {
    const page = await renderPage(ReviewPage, { inputs: { state: 'postponed' } });
    await readIndex(page);
    await page.answer(
      URL.replace('waiting', 'postponed'),
      listed([aReview({ postponed_until: '2026-03-14T14:00:00.000Z' })]),
    );
    page.button('Decide now after all').click();
    expect(page.request(`${ONE}/postpone`, 'POST').request.body).toEqual({ days: 0 });
  });

  it('reads again when something about reviews changes', async () => {
    jest.useFakeTimers();
    const page = await shown(aReview());
    page.change('review', 'cli_1');
    jest.advanceTimersByTime(RELOAD_AFTER_MS);
    await page.settle();
    await page.answer(URL, listed([]));
    expect(page.text()).toContain('Nothing to decide');
    jest.useRealTimers();
  });
});
