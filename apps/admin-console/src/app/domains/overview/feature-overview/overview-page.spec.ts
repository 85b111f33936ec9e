import { Overview } from '@matterline/contracts';
import { describePageStates } from '../../../shared/testing/page-states';
import { listed, Rendered, renderPage } from '../../../shared/testing/render-page';
import { OverviewPage } from './overview-page';

const URL = '/api/v1/console/overview';
const CONFIRMED = '/api/v1/matters?state=confirmed&per_page=1';
const PAIRINGS = '/api/v1/console/pairings';

const overview = (parts: Partial<Overview> = {}): { data: Overview } => ({
  data: {
    connection: { state: 'connected', firm_name: 'Harbor Law', webhooks: { state: 'active' } },
    today: { synced: 183, waiting: 6, failed: 3 },
    queue: { waiting: 6, eta_seconds: 12 },
    attention: [],
    last_event_at: null,
    series: [],
    ...parts,
  },
});
const nothing = overview({
  connection: { state: 'disconnected', firm_name: null, webhooks: { state: 'disabled' } },
  today: { synced: 0, waiting: 0, failed: 0 },
  queue: { waiting: 0, eta_seconds: null },
});

const guide = async <T>(
  page: Rendered<T>,
  matters: readonly unknown[],
  pairings: readonly unknown[],
): Promise<void> => {
  await page.answer(CONFIRMED, listed(matters));
  await page.answer(PAIRINGS, listed(pairings));
};

beforeEach(() => localStorage.clear());

describePageStates('OverviewPage', {
  page: OverviewPage,
  url: URL,
  aside: (page) => guide(page, [], []),
  empty: nothing,
  emptyWords: 'Getting started',
});

describe('OverviewPage', () => {
  it('says that everything is in step when it is', async () => {
    const page = await renderPage(OverviewPage);
    await guide(page, [{}], [{ state: 'paired' }]);
    await page.answer(URL, overview());
    expect(page.element.querySelector('h1')?.textContent).toBe('Everything is in step');
    expect(page.text()).toContain('6 in the queue, done in about 12 s');
    expect(page.text()).not.toContain('Getting started');
  });

  it('lists what needs me, each with the way to it; foreign addresses are not linked', async () => {
    const page = await renderPage(OverviewPage);
    await page.answer(
      URL,
      overview({
        attention: [
          { kind: 'operation', title: 'Send matter Arroyo', detail: 'Refused.', href: '/sync-history/op_1?x=1' },
          { kind: 'matter', title: 'Elsewhere', detail: 'Look there.', href: 'https://elsewhere.example' },
        ],
      }),
    );
    expect(page.element.querySelector('h1')?.textContent).toBe('2 things need you');
    const links = [...page.element.querySelectorAll('a.title')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['/sync-history/op_1?x=1']);
  });

  it('draws the hours as a picture with words', async () => {
    const page = await renderPage(OverviewPage);
    const series = [
      { hour: '2026-11-22T10:00:00Z', synced: 10, failed: 0 },
      { hour: '2026-11-22T11:00:00Z', synced: 5, failed: 1 },
    ];
    await page.answer(URL, overview({ series }));
    const labels = [...page.element.querySelectorAll('svg[role=img]')].map((svg) => svg.getAttribute('aria-label'));
    expect(labels).toEqual([
      'The last 24 hours: 15 synced',
      'The last 24 hours: 1 failed',
      'The last 24 hours: 15 synced, 1 failed',
    ]);
  });

  it('ticks off the first steps and keeps the guide away once it was hidden', async () => {
    const page = await renderPage(OverviewPage);
    await guide(page, [{}], []);
    await page.answer(URL, overview());
    expect(page.text()).toContain('2 of 3 done');
    page.button('Hide').click();
    await page.settle();
    expect(page.text()).not.toContain('Getting started');
    expect(localStorage.getItem('matterline.guide')).toBe('hidden');
  });

  const headings = [
    { state: 'needs_reauth', heading: 'Smokeball needs you to sign in again' },
    { state: 'degraded', heading: 'Changes made in Smokeball do not reach us' },
    { state: 'not_configured', heading: 'Not connected to Smokeball yet' },
  ] as const;

  it.each(headings)('opens with “$heading” when $state', async ({ state, heading }) => {
    const page = await renderPage(OverviewPage);
    await page.answer(URL, overview({ connection: { state, firm_name: null, webhooks: { state: 'active' } } }));
    expect(page.element.querySelector('h1')?.textContent).toBe(heading);
  });
});
