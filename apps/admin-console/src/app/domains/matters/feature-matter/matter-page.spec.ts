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

  it('asks for the history of a document when somebody opens it, and offers each version', async () => {
    const page = await open();
    const file = {
      upload_id: 'upl/1',
      document_id: null,
      file_name: 'Agreement.pdf',
      state: 'confirmed',
      smokeball_file_id: 'f',
      smokeball_version_id: 'v2',
      sha256: null,
      size_bytes: 5,
      error: null,
    };
    page.request(DOCUMENTS).flush(listed([file]));
    await page.settle();
    page.button('History of Agreement.pdf').click();
    await page.settle();
    const change = (more: object) => ({
      change: 'VersionReplace',
      at: '2026-01-02T03:04:05.000Z',
      old_name: null,
      new_name: null,
      version_id: null,
      upload_id: null,
      user_id: null,
      ...more,
    });
    page.request(`${URL}/documents/upl%2F1/history`).flush({
      data: {
        ...{ upload_id: 'upl/1', smokeball_file_id: 'f', file_name: 'Agreement.pdf', size_bytes: 5 },
        ...{ current_version_id: 'v2', is_deleted: false },
        changes: [
          change({ change: 'Rename', new_name: 'Signed.pdf' }),
          change({ version_id: 'v2' }),
          change({ change: 'Create', version_id: 'v1', upload_id: 'upl/1' }),
          change({ change: 'Shred' }),
        ],
      },
    });
    await page.settle();
    for (const words of ['Renamed to Signed.pdf', 'New version Current', 'made in Smokeball', 'First version', 'Shred'])
      expect(page.text()).toContain(words);
    const links = [...page.element.querySelectorAll<HTMLAnchorElement>('a[download]')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      ['v2', 'v1'].map((version) => `${URL}/documents/upl%2F1/content?version_id=${version}`),
    );
    page.button('History of Agreement.pdf').click();
    await page.settle();
    expect(page.text()).not.toContain('Shred');
  });

  it('says why a history cannot be read', async () => {
    const page = await open();
    page
      .request(DOCUMENTS)
      .flush(
        listed([{ upload_id: 'u', file_name: 'A.pdf', state: 'confirmed', smokeball_file_id: 'f', size_bytes: 1 }]),
      );
    await page.settle();
    page.button('History of A.pdf').click();
    await page.settle();
    await page.refuse(
      `${URL}/documents/u/history`,
      503,
      'unavailable',
      'Smokeball could not be asked for this document.',
    );
    expect(page.text()).toContain('Its history could not be read.');
    expect(page.text()).toContain('Smokeball could not be asked for this document.');
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
