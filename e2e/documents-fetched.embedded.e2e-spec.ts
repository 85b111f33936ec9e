import { randomBytes } from 'node:crypto';
import { caseHugSignature } from './support/casehug-signature';
import { aMatter } from './support/a-matter';
import { FileSource } from './support/file-source';
import { Firm } from './support/firm';
import { call, mustCall, type Parsed } from './support/http';
import { newId } from './support/new-id';
import type { Product } from './support/product';
import { samplePdf, type SampleFile } from './support/sample-pdf';
import { startProduct } from './support/start-product';
import { untilDocument, untilLink } from './support/until';
import { upload } from './support/upload';

const CASE_MS = 60_000;
const API_KEY = 'the-firms-casehug-key';

describe('documents, whether CaseHug sends or only names them,', () => {
  let source: FileSource;
  let product: Product;
  let firm: Firm;

  beforeAll(async () => {
    source = await FileSource.open(API_KEY);
    product = await startProduct({
      env: { CASEHUG_API_URL: source.url, SMOKEBALL_RATE: '500', SMOKEBALL_BURST: '500' },
    });
    await product.simulator.makeQuick();
    firm = await Firm.make(product);
    await firm.connect();
    const settings = { casehug_api_key: API_KEY };
    const answer = await firm.session.call('PATCH', '/api/v1/integrations/smokeball/status', { json: { settings } });
    expect(answer.status).toBe(200);
  }, 120_000);
  afterAll(async () => {
    await product?.stop();
    await source?.close();
  }, 60_000);

  const newMatter = async () => {
    const matterId = newId('mat');
    await firm.api('PUT', `/api/v1/matters/${matterId}`, { json: aMatter() });
    return matterId;
  };
  const approve = async (matterId: string, uploadId: string, name = 'decree.pdf') => {
    const data = {
      upload: { id: uploadId, filename: name, content_type: 'application/pdf' },
      document: { id: `doc_${uploadId}`, matter_id: matterId },
    };
    const body = JSON.stringify({
      id: newId('evt'),
      type: 'document.approved',
      created_at: new Date().toISOString(),
      firm_id: firm.caseHugId,
      data,
    });
    const answer = await call('POST', `${product.apiUrl}/api/v1/integrations/casehug/events`, {
      raw: body,
      headers: {
        'content-type': 'application/json',
        'x-casehug-signature': caseHugSignature(body, firm.webhookSecret),
      },
    });
    expect(answer.status).toBe(202);
  };
  const expectArrived = async (matterId: string, uploadId: string, file: SampleFile) => {
    const document = await untilDocument(firm, matterId, uploadId, 'confirmed');
    expect(document).toMatchObject({ sha256: file.sha256, size_bytes: file.bytes.length, error: null });
    expect(await product.simulator.sha256OfFile(document.smokeball_file_id as string)).toBe(file.sha256);
    const { files, matters } = await product.simulator.firm();
    const matter = matters.find(({ externalSystemId }) => externalSystemId === matterId);
    expect(files.filter((one: Parsed) => one.matterId === matter.id)).toHaveLength(1);
  };
  const operationOf = async (matterId: string) => {
    const answer = await firm.api(
      'GET',
      `/api/v1/integrations/smokeball/sync?matter_id=${matterId}&kind=document.push`,
    );
    return (answer.body as { data: Parsed[] }).data;
  };

  it.each<[string, (uploadId: string, file: SampleFile) => void]>([
    ['is there', (id, file) => source.give(id, file.bytes)],
    ['breaks off twice', (id, file) => source.give(id, file.bytes, { brokenOff: 2 })],
    ['is not given while CaseHug is in trouble', (id, file) => source.give(id, file.bytes, { status: 503, times: 2 })],
    [
      'is not given while CaseHug asks to slow down',
      (id, file) => source.give(id, file.bytes, { status: 429, times: 2 }),
    ],
  ])(
    'are fetched and arrive byte for byte, once: the file %s',
    async (_name, prepare) => {
      const [matterId, uploadId, file] = [await newMatter(), newId('upl'), samplePdf()];
      prepare(uploadId, file);
      await approve(matterId, uploadId);
      await approve(matterId, uploadId);
      await expectArrived(matterId, uploadId, file);
    },
    CASE_MS,
  );

  it.each<[string, string, (uploadId: string) => void]>([
    ['is not there any more', 'file_gone', () => undefined],
    ['is refused to us', 'file_gone', (id) => source.give(id, randomBytes(9), { status: 403 })],
    ['has 101 MB', 'file_too_large', (id) => source.give(id, Buffer.alloc(101 * 1024 * 1024))],
  ])(
    'fail in words a person understands, and go on by a retry once it is mended: the file %s',
    async (_name, code, prepare) => {
      const [matterId, uploadId, file] = [await newMatter(), newId('upl'), samplePdf()];
      prepare(uploadId);
      await approve(matterId, uploadId);
      const failed = await untilDocument(firm, matterId, uploadId, 'failed');
      expect(failed).toMatchObject({ sha256: null, size_bytes: null, error: { code, retryable: false } });
      await untilLink(firm, matterId, 'confirmed');
      const [operation] = await operationOf(matterId);
      expect(operation).toMatchObject({ state: 'failed', error: { code, hint: expect.stringMatching(/CaseHug/) } });

      source.give(uploadId, file.bytes);
      const retried = await firm.api('POST', `/api/v1/integrations/smokeball/sync/${operation?.id}/retry`, {
        json: {},
      });
      expect(retried.status).toBe(202);
      await expectArrived(matterId, uploadId, file);
    },
    CASE_MS,
  );

  it(
    'that were gone go out when CaseHug sends the bytes itself after all',
    async () => {
      const [matterId, uploadId, file] = [await newMatter(), newId('upl'), samplePdf()];
      await approve(matterId, uploadId);
      await untilDocument(firm, matterId, uploadId, 'failed');
      const taken = await upload(firm, matterId, file, { metadata: { upload_id: uploadId } });
      expect(taken.status).toBe(202);
      await expectArrived(matterId, uploadId, file);
    },
    CASE_MS,
  );

  it(
    'stand in the matter’s ordinary folders, which the client portal of Smokeball shares',
    async () => {
      const matterId = await newMatter();
      const [loose, filed] = [newId('upl'), newId('upl')];
      await upload(firm, matterId, samplePdf(`${loose}.pdf`), { metadata: { upload_id: loose } });
      await upload(firm, matterId, samplePdf(`${filed}.pdf`), {
        metadata: { upload_id: filed, folder: 'Pleadings/Signed' },
      });
      for (const id of [loose, filed]) await untilDocument(firm, matterId, id, 'confirmed');
      const { matters } = await product.simulator.firm();
      const smokeballId = matters.find((one: Parsed) => one.externalSystemId === matterId).id as string;
      // As a user of Smokeball sees the matter.
      const page = `${product.simulator.url}/us/app-api/matters/${smokeballId}`;
      const { matter } = (await mustCall('GET', page)) as { matter: { files: Parsed[]; folders: Parsed[] } };
      const pathOf = (folderId: string | null | undefined): string => {
        const folder = matter.folders.find(({ id }) => id === folderId);
        return folder ? `${pathOf(folder.parent)}${folder.name}/` : '';
      };
      const folderOf = (id: string) => pathOf(matter.files.find(({ name }) => name === id)?.folderId);
      expect([folderOf(loose), folderOf(filed)]).toEqual(['', 'Pleadings/Signed/']);
      expect(matter.files.filter(({ name }) => name === loose || name === filed)).toHaveLength(2);
    },
    CASE_MS,
  );

  it(
    'are asked for with the firm’s key',
    async () => {
      expect(new Set(source.keys)).toEqual(new Set([API_KEY]));
    },
    CASE_MS,
  );
});
