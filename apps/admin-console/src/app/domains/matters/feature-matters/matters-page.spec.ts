import { describePageStates } from '../../../shared/testing/page-states';
import { listed, renderPage } from '../../../shared/testing/render-page';
import { aMatter } from '../testing/a-matter';
import { MattersPage } from './matters-page';

const URL = '/api/v1/matters?page=1';

describePageStates('MattersPage', { page: MattersPage, url: URL, empty: listed([]), emptyWords: 'No matters yet' });

describe('MattersPage', () => {
  it('lists matters with their link state and Smokeball number', async () => {
    const page = await renderPage(MattersPage);
    await page.answer(URL, listed([aMatter(), aMatter({ id: 'mat_2', title: 'Hale' }, { state: 'needs_mapping' })]));
    expect(page.text()).toContain('Okafor v. Transit Authority');
    expect(page.text()).toContain('In Smokeball');
    expect(page.text()).toContain('Needs a type');
    expect(page.element.querySelector('a.primary')?.getAttribute('href')).toBe('/matters/mat_1');
  });

  it('passes the filters of the address on, and says when nothing fits', async () => {
    const page = await renderPage(MattersPage, { inputs: { state: 'failed', q: 'okafor', page: 'x' } });
    await page.answer('/api/v1/matters?state=failed&q=okafor&page=1', listed([]));
    expect(page.text()).toContain('Nothing matches');
  });
});
