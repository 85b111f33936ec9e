import { describePageStates } from '../../../shared/testing/page-states';
import { listed, renderPage } from '../../../shared/testing/render-page';
import { EventsPage } from './events-page';

const URL = '/api/v1/console/events?page=1';

describePageStates('EventsPage', { page: EventsPage, url: URL, empty: listed([]), emptyWords: 'No events yet' });

describe('EventsPage', () => {
  it('shows both directions, and states it has never heard of as they are', async () => {
    const page = await renderPage(EventsPage);
    const event = { at: '2026-11-22T10:00:00Z', matter_id: null, note: null };
    await page.answer(
      URL,
      listed([
        {
          ...event,
          id: 'evt_1',
          direction: 'in',
          source: 'smokeball',
          type: 'matter.updated',
          state: 'processed',
          matter_id: 'mat_1',
        },
        {
          ...event,
          id: 'evt_2',
          direction: 'out',
          source: 'casehug',
          type: 'matter.linked',
          state: 'waiting_in_line',
          note: 'Try 2',
        },
      ]),
    );
    for (const words of ['From Smokeball', 'matter.updated', 'Processed', 'To CaseHug', 'Waiting in line', 'Try 2']) {
      expect(page.text()).toContain(words);
    }
    expect(page.element.querySelector('a[href="/matters/mat_1"]')).not.toBeNull();
  });
});
