import { describePageStates } from '../../../shared/testing/page-states';
import { listed, Rendered, renderPage } from '../../../shared/testing/render-page';
import { aMatter } from '../testing/a-matter';
import { MatterPage } from './matter-page';

const URL = '/api/v1/matters/mat_1';
const DOCUMENTS = `${URL}/documents?per_page=100`;
const matter = (link = {}): object => ({ data: { ...aMatter({}, link), operations: [] } });

describePageStates('MatterPage', {
  page: MatterPage,
  url: URL,
  inputs: { id: 'mat_1' },
  empty: matter({ state: 'not_synced' }),
  emptyWords: 'Nothing was sent yet',
});

describe('MatterPage', () => {
  const open = async (link = {}, role: 'firm_admin' | 'auditor' = 'firm_admin'): Promise<Rendered<MatterPage>> => {
    const page = await renderPage(MatterPage, { inputs: { id: 'mat_1' }, role });
    await page.answer(URL, matter(link));
    return page;
  };

  it('shows the picture, the Smokeball status and a link that opens a new tab', async () => {
    const page = await open();
    for (const words of ['Maribel Okafor', 'Alameda, California', 'Motor Vehicle Accident', 'Open']) {
      expect(page.text()).toContain(words);
    }
    const link = page.element.querySelector<HTMLAnchorElement>('a[target=_blank]');
    expect(link?.href).toBe('https://app.smokeball.example/#/billing/view-matter/sb_1');
    expect(link?.rel).toContain('noopener');
  });

  it('does not link to an address that is none', async () => {
    const page = await open({ url: 'javascript:alert(1)' });
    expect(page.element.querySelector('a[target=_blank]')).toBeNull();
  });

  it('lists documents with state, version and hash; their failure leaves the rest standing', async () => {
    const page = await open();
    page.request(DOCUMENTS).flush(
      listed([
        {
          upload_id: 'upl_1',
          document_id: 'doc_1',
          file_name: 'Agreement.pdf',
          state: 'confirmed',
          smokeball_file_id: 'f',
          smokeball_version_id: 'ver_1',
          sha256: 'ab'.repeat(32),
          size_bytes: 2_516_582,
          error: null,
        },
        {
          upload_id: 'upl_2',
          document_id: null,
          file_name: 'Draft.docx',
          state: 'received',
          smokeball_file_id: null,
          smokeball_version_id: null,
          sha256: null,
          size_bytes: null,
          error: null,
        },
      ]),
    );
    await page.settle();
    for (const words of ['Agreement.pdf', 'ver_1', 'abababab…abab', '2.4 MB', 'Not approved yet'])
      expect(page.text()).toContain(words);
  });

  it('says when the documents cannot be had, and keeps the matter', async () => {
    const page = await open();
    await page.refuse(DOCUMENTS, 503, 'unavailable', 'Away.');
    expect(page.text()).toContain('The documents could not be loaded.');
    expect(page.text()).toContain('Maribel Okafor');
  });

  it('syncs now, for this matter only', async () => {
    const page = await open();
    page.button('Sync now').click();
    const sync = page.request('/api/v1/integrations/smokeball/sync', 'POST');
    expect(sync.request.body).toEqual({ matter_ids: ['mat_1'] });
    sync.flush({ data: { batch_id: 'bat_1', accepted: 1, skipped: [] } });
    await page.settle();
    page.request(URL);
  });

  it('offers an auditor no sync', async () => {
    const page = await open({}, 'auditor');
    expect(page.element.querySelectorAll('ml-page-header button')).toHaveLength(0);
  });
});
