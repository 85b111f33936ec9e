import { createHash } from 'node:crypto';
import { aMatter } from '../support/a-matter';
import { askDatabase } from '../support/database';
import { mustCall, type Parsed } from '../support/http';
import { newId } from '../support/new-id';
import { type SampleFile, samplePdf } from '../support/sample-pdf';
import { untilDocument, untilLink } from '../support/until';
import { upload } from '../support/upload';
import { openWorld, type World, WORLD_MS } from '../support/world';

describe('documents, read back from Smokeball', () => {
  let world: World;
  let matterId: string;
  const files: readonly SampleFile[] = Array.from({ length: 3 }, () => samplePdf('Vertrag “Süd” – 2.pdf'));
  const uploads = files.map(() => newId('upl'));
  const documents: Parsed[] = [];

  beforeAll(async () => {
    world = await openWorld();
    matterId = newId('mat');
    await world.firm.api('PUT', `/api/v1/matters/${matterId}?sync=true`, { json: aMatter() });
    await untilLink(world.firm, matterId, 'confirmed');
    for (const [at, file] of files.entries()) {
      const metadata = { upload_id: uploads[at], document_id: 'doc_south' };
      await upload(world.firm, matterId, file, { metadata });
      documents.push(await untilDocument(world.firm, matterId, uploads[at] ?? '', 'confirmed'));
    }
  }, WORLD_MS);
  afterAll(async () => await world?.product.stop(), 60_000);

  const path = (uploadId: string | undefined, what: string, matter = matterId) =>
    `/api/v1/matters/${matter}/documents/${uploadId}/${what}`;
  const read = (uploadId: string | undefined, what = 'history', matter?: string) =>
    world.firm.api('GET', path(uploadId, what, matter));
  const fetched = async (query: string) => {
    const answer = await fetch(`${world.product.apiUrl}${path(uploads[0], 'content')}${query}`, {
      headers: { 'x-api-key': world.firm.apiKey },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { answer, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  };

  it('its history names each version with the upload that it came from, newest first, whichever upload is asked about', async () => {
    for (const uploadId of uploads) {
      const { status, body } = await read(uploadId);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({
        upload_id: uploadId,
        smokeball_file_id: documents[0].smokeball_file_id,
        file_name: files[0]?.name,
        size_bytes: files[2]?.bytes.length,
        current_version_id: documents[2].smokeball_version_id,
        is_deleted: false,
      });
      const changes = (body.data.changes as Parsed[]).filter(({ version_id: version }) => version !== null);
      expect(changes.map((change) => change.upload_id)).toEqual([...uploads].reverse());
      expect(changes.map((change) => change.version_id)).toEqual(
        documents.map((document) => document.smokeball_version_id).reverse(),
      );
      expect(changes.every(({ at }) => Math.abs(Date.parse(at) - Date.now()) < 600_000)).toBe(true);
    }
  }, 30_000);

  it('gives back the bytes of each version, and of the current one when none is named', async () => {
    for (const [at, file] of files.entries())
      expect((await fetched(`?version_id=${documents[at].smokeball_version_id}`)).sha256).toBe(file.sha256);
    const { answer, sha256 } = await fetched('');
    expect([answer.status, sha256]).toEqual([200, files[2]?.sha256]);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-length')).toBe(String(files[2]?.bytes.length));
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Vertrag ?S?d? ? 2.pdf"; filename*=UTF-8''Vertrag%20%E2%80%9CS%C3%BCd%E2%80%9D%20%E2%80%93%202.pdf`,
    );
    const audited = await askDatabase<{ subject: string }>(
      world.product,
      `select subject from audit_entries where action = 'document.read'`,
    );
    expect(new Set(audited.map(({ subject }) => subject))).toEqual(new Set([`document:${uploads[0]}`]));
  }, 30_000);

  it('shows what people did to it in Smokeball', async () => {
    const fileId = documents[0].smokeball_file_id;
    const url = `${world.product.simulator.url}/_sim/us/as-user/files/${fileId}`;
    await mustCall('PATCH', url, { json: { file_name: 'Renamed by hand.pdf' } });
    const { body } = await read(uploads[0]);
    expect([body.data.file_name, body.data.changes[0].new_name]).toEqual([
      'Renamed by hand.pdf',
      'Renamed by hand.pdf',
    ]);
  }, 30_000);

  it.each([
    ['an upload that nobody sent', () => read('upl_nobody'), 404, 'not_found'],
    ['an upload of another matter', () => read(uploads[0], 'history', 'mat_other'), 404, 'not_found'],
    ['a version that is not its own', () => read(uploads[0], 'content?version_id=0000'), 404, 'not_found'],
    ['a version that is no id', () => read(uploads[0], 'content?version_id=..%2F..'), 400, 'validation_error'],
  ])('says that there is no such thing: %s', async (_name, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('that replaces an upload which is not there becomes a file of its own and says so; one cannot replace itself', async () => {
    const id = newId('upl');
    await upload(world.firm, matterId, samplePdf(), { metadata: { upload_id: id, replaces_upload_id: 'upl_nobody' } });
    const document = await untilDocument(world.firm, matterId, id, 'confirmed');
    expect(document.smokeball_file_id).not.toBe(documents[0].smokeball_file_id);
    const { body } = await world.firm.api('GET', `/api/v1/integrations/smokeball/sync?q=${id}`);
    expect(body.data[0].notices).toMatchObject([{ code: 'replaced_unknown' }]);
    const metadata = { upload_id: 'upl_self', replaces_upload_id: 'upl_self' };
    const refused = await upload(world.firm, matterId, samplePdf(), { metadata });
    expect([refused.status, refused.body.error.details.fields]).toEqual([
      400,
      [{ field: 'metadata.replaces_upload_id', message: 'must name another upload' }],
    ]);
  }, 30_000);

  it('with slashes in its name gets hyphens in Smokeball and says so; a folder above its own is refused', async () => {
    const id = newId('upl');
    const metadata = { upload_id: id, file_name: '../smith/Jones & Co.pdf', folder: 'Intake/2026' };
    await upload(world.firm, matterId, samplePdf(), { metadata });
    await untilDocument(world.firm, matterId, id, 'confirmed');
    expect((await read(id)).body.data.file_name).toBe('..-smith-Jones & Co.pdf');
    const { body } = await world.firm.api('GET', `/api/v1/integrations/smokeball/sync?q=${id}`);
    expect(body.data[0].notices).toMatchObject([{ code: 'name_changed' }]);
    for (const folder of ['..', '.', 'a/../b', 'a\\..', '../a']) {
      const refused = await upload(world.firm, matterId, samplePdf(), { metadata: { folder } });
      expect([folder, refused.status, refused.body.error?.details.fields[0].field]).toEqual([
        folder,
        400,
        'metadata.folder',
      ]);
    }
  }, 30_000);

  it('says that a document is not there yet', async () => {
    const uploadId = newId('upl');
    await upload(world.firm, matterId, samplePdf(), { metadata: { upload_id: uploadId, status: 'uploaded' } });
    for (const what of ['history', 'content']) {
      const answer = await read(uploadId, what);
      expect([answer.status, answer.body.error]).toMatchObject([
        409,
        { code: 'conflict', message: 'This document is not in Smokeball yet.', details: { state: 'received' } },
      ]);
    }
  });

  it('says that Smokeball does not answer', async () => {
    const { simulator } = world.product;
    await simulator.break('GET /matters/{matterId}/documents/files/{fileId}', { status: 503 });
    try {
      const answer = await read(uploads[0]);
      expect([answer.status, answer.body.error.code]).toEqual([503, 'unavailable']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
    } finally {
      await simulator.mend();
    }
  }, 60_000);

  it('needs a connection', async () => {
    await world.firm.session.call('POST', '/api/v1/integrations/smokeball/disconnect');
    const answer = await read(uploads[0]);
    expect([answer.status, answer.body.error]).toMatchObject([409, { code: 'conflict' }]);
    expect(answer.body.error.details.hint).toContain('connect to Smokeball');
  }, 30_000);
});
