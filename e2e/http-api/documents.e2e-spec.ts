import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aMatter } from '../support/a-matter';
import { askDatabase } from '../support/database';
import { call, type Parsed } from '../support/http';
import { newId } from '../support/new-id';
import type { ApiProcess } from '../support/product';
import { type SampleFile, samplePdf } from '../support/sample-pdf';
import { untilDocument, untilLink } from '../support/until';
import { upload, uploadForm } from '../support/upload';
import { openWorld, type World, WORLD_MS } from '../support/world';

const MEGABYTE = 1024 * 1024;
/** Metadata and the beginning of a file; the end never comes. */
const PARTS = [
  '--b\r\ncontent-disposition: form-data; name="metadata"\r\n',
  '{"upload_id":"upl_cut","file_name":"a.pdf","content_type":"application/pdf","status":"approved"}',
  '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-',
].join('\r\n');
const MEMORY_GROWTH_MAX = 30 * MEGABYTE;

describe('documents', () => {
  let world: World;
  let matterId: string;
  let files: Server;
  let served: SampleFile;
  const started: ApiProcess[] = [];

  beforeAll(async () => {
    world = await openWorld();
    matterId = newId('mat');
    await world.firm.api('PUT', `/api/v1/matters/${matterId}?sync=true`, { json: aMatter() });
    await untilLink(world.firm, matterId, 'confirmed');
    served = samplePdf('served.pdf');
    files = createServer((request, response) => {
      if (request.url === '/served.pdf') response.end(served.bytes);
      else if (request.url === '/moved') response.writeHead(302, { location: '/served.pdf' }).end();
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(files, 'listening');
  }, WORLD_MS);
  afterAll(async () => {
    files?.close();
    for (const api of started) await api.stop();
    await world?.product.stop();
  }, 60_000);

  const count = async (table: string) =>
    Number((await askDatabase<{ count: string }>(world.product, `select count(*) from ${table}`))[0]?.count);
  const stored = async () => ({ documents: await count('documents'), chunks: await count('document_chunks') });
  const inSmokeball = async (id = matterId) => {
    const smokeball = await world.product.simulator.firm();
    const matter = smokeball.matters.find((one: Parsed) => one.externalSystemId === id);
    return smokeball.files.filter((file: Parsed) => file.matterId === matter?.id);
  };
  const bytes = (size: number): SampleFile => {
    const buffer = Buffer.alloc(size, 'x');
    return { name: 'big.bin', bytes: buffer, sha256: createHash('sha256').update(buffer).digest('hex') };
  };
  const path = () => `/api/v1/matters/${matterId}/documents`;

  it('brings the same bytes under the same name, and then forgets them', async () => {
    const [file, id] = [samplePdf('Zusage — Müller & Søn.pdf'), newId('upl')];
    const taken = await upload(world.firm, matterId, file, { metadata: { upload_id: id, document_id: 'doc_1' } });
    expect(taken.status).toBe(202);
    expect(taken.body.data).toMatchObject({
      upload_id: id,
      document_id: 'doc_1',
      file_name: file.name,
      state: 'pending',
      sha256: file.sha256,
      size_bytes: file.bytes.length,
      error: null,
    });
    const document = await untilDocument(world.firm, matterId, id, 'confirmed');
    const [found] = (await inSmokeball()).filter((one: Parsed) => one.id === document.smokeball_file_id);
    expect(found).toMatchObject({ name: 'Zusage — Müller & Søn', fileExtension: '.pdf', sizeBytes: file.bytes.length });
    expect(found.versions[0].versionId).toBe(document.smokeball_version_id);
    expect(await world.product.simulator.sha256OfFile(found.id as string)).toBe(file.sha256);
    expect(await count('document_chunks')).toBe(0);
  }, 40_000);

  it('never completes a file whose kept bytes are not those that came, and says so', async () => {
    const settings = (auto: boolean) =>
      world.firm.session.call('PATCH', '/api/v1/integrations/smokeball/status', {
        json: { settings: { auto_sync_on_approval: auto } },
      });
    const [file, id] = [bytes(2 * MEGABYTE + 1), newId('upl')];
    await settings(false);
    await upload(world.firm, matterId, file, { metadata: { upload_id: id, file_name: 'lost-piece.bin' } });
    await askDatabase(
      world.product,
      'delete from document_chunks where part = (select max(part) from document_chunks)',
    );
    await settings(true);
    const asked = await world.firm.api('POST', '/api/v1/integrations/smokeball/sync', {
      json: { matter_ids: [matterId] },
    });
    expect(asked.status).toBe(202);
    const document = await untilDocument(world.firm, matterId, id, 'failed');
    expect(document.error).toMatchObject({ code: 'hash_differs', retryable: false });
    const [found] = (await inSmokeball()).filter(({ name }: Parsed) => name === 'lost-piece');
    expect(found?.versions ?? []).toEqual([]);
    await askDatabase(world.product, 'delete from document_chunks');
  }, 60_000);

  it('makes a new upload of the same document, or one that replaces another, a version of the same file', async () => {
    const [first, second, third] = [samplePdf('v.pdf'), samplePdf('v.pdf'), samplePdf('v.pdf')];
    const ids = [newId('upl'), newId('upl'), newId('upl')] as const;
    const documentId = newId('doc');
    const send = async (file: SampleFile, metadata: Record<string, unknown>) => {
      await upload(world.firm, matterId, file, { metadata });
      return await untilDocument(world.firm, matterId, metadata['upload_id'] as string, 'confirmed');
    };
    const one = await send(first, { upload_id: ids[0], document_id: documentId });
    const two = await send(second, { upload_id: ids[1], document_id: documentId });
    const three = await send(third, { upload_id: ids[2], replaces_upload_id: ids[1] });
    expect(new Set([one, two, three].map((each: Parsed) => each.smokeball_file_id)).size).toBe(1);
    const [found] = (await inSmokeball()).filter((file: Parsed) => file.id === one.smokeball_file_id);
    expect(found.versions.map(({ sha256 }: Parsed) => sha256)).toEqual([first.sha256, second.sha256, third.sha256]);
  }, 60_000);

  it('sends an upload once that came as uploaded and later as approved, and then again as approved', async () => {
    const [file, id] = [samplePdf(), newId('upl')];
    const first = await upload(world.firm, matterId, file, { metadata: { upload_id: id, status: 'uploaded' } });
    expect([first.status, first.body.data.state]).toEqual([202, 'received']);
    for (let times = 0; times < 2; times += 1) {
      expect((await upload(world.firm, matterId, file, { metadata: { upload_id: id } })).status).toBe(202);
      await untilDocument(world.firm, matterId, id, 'confirmed');
    }
    const versions = (await inSmokeball()).flatMap((one: Parsed) => one.versions as Parsed[]);
    expect(versions.filter(({ sha256 }) => sha256 === file.sha256)).toHaveLength(1);
  }, 40_000);

  it('refuses bytes that are not those of sha256, and keeps nothing of them', async () => {
    const before = await stored();
    const answer = await upload(world.firm, matterId, samplePdf(), { metadata: { sha256: '0'.repeat(64) } });
    expect([answer.status, answer.body.error.code]).toEqual([422, 'hash_mismatch']);
    expect(await stored()).toEqual(before);
  });

  it('refuses other bytes under a known upload_id, also on another matter', async () => {
    const [file, id, elsewhere] = [samplePdf(), newId('upl'), newId('mat')];
    await world.firm.api('PUT', `/api/v1/matters/${elsewhere}`, { json: aMatter() });
    await upload(world.firm, matterId, file, { metadata: { upload_id: id, status: 'uploaded' } });
    const before = await stored();
    const other = await upload(world.firm, matterId, samplePdf(), { metadata: { upload_id: id, status: 'uploaded' } });
    expect([other.status, other.body.error.code]).toEqual([409, 'conflict']);
    expect((await upload(world.firm, elsewhere, file, { metadata: { upload_id: id } })).status).toBe(409);
    expect(await stored()).toEqual(before);
  });

  it('streams 100 MB without holding them, and refuses 101 MB without keeping them', async () => {
    const api = await world.product.startApi({});
    started.push(api);
    const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1]) * 1024;
    const send = (file: SampleFile, metadata: Record<string, unknown>) =>
      call('POST', `${api.url}${path()}`, {
        headers: { 'x-api-key': world.firm.apiKey },
        raw: uploadForm(file, { status: 'uploaded', ...metadata }),
      });
    // What carrying a file takes whatever its size, such as compiled code, is there from the first one on.
    await send(bytes(4 * MEGABYTE), {});
    const [before, memory] = [await stored(), peak()];
    const refused = await send(bytes(101 * MEGABYTE), { sha256: null });
    expect([refused.status, refused.body.error.code]).toEqual([413, 'payload_too_large']);
    expect(await stored()).toEqual(before);
    const whole = bytes(100 * MEGABYTE);
    const taken = await send(whole, {});
    expect([taken.status, taken.body.data.size_bytes]).toEqual([202, 100 * MEGABYTE]);
    expect((await stored()).chunks - before.chunks).toBeGreaterThan(1_000);
    expect(peak() - memory).toBeLessThan(MEMORY_GROWTH_MAX);
  }, 120_000);

  const form = (parts: readonly (readonly [string, string | Blob])[]) => {
    const made = new FormData();
    for (const [name, value] of parts) made.append(name, value);
    return made;
  };
  const metadata = (parts: object = {}) =>
    JSON.stringify({
      upload_id: newId('upl'),
      file_name: 'a.pdf',
      content_type: 'application/pdf',
      status: 'approved',
      ...parts,
    });
  const blob = new Blob(['%PDF-']);

  it.each([
    ['no metadata', () => form([['file', blob]]), ['metadata']],
    [
      'metadata after the file',
      () =>
        form([
          ['file', blob],
          ['metadata', metadata()],
        ]),
      ['metadata'],
    ],
    ['no file', () => form([['metadata', metadata()]]), ['file']],
    [
      'metadata that is not JSON',
      () =>
        form([
          ['metadata', '{'],
          ['file', blob],
        ]),
      ['metadata'],
    ],
    [
      'metadata with nothing in it',
      () =>
        form([
          ['metadata', '{}'],
          ['file', blob],
        ]),
      ['metadata.content_type', 'metadata.file_name', 'metadata.status', 'metadata.upload_id'],
    ],
    [
      'wrong metadata',
      () =>
        form([
          ['metadata', metadata({ sha256: 'x', content_type: 'pdf', file_name: 'a\nb' })],
          ['file', blob],
        ]),
      ['metadata.content_type', 'metadata.file_name', 'metadata.sha256'],
    ],
  ])('refuses %s and keeps nothing', async (_what, raw, wrong) => {
    // prettier-ignore
    const before = await stored();
    const answer = await world.firm.api('POST', path(), { raw: raw() });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation_error']);
    expect((answer.body.error.details.fields as Parsed[]).map(({ field }) => field as string).sort()).toEqual(wrong);
    expect(await stored()).toEqual(before);
  });

  it('takes metadata whose part says that it is JSON, as many programs send it', async () => {
    const id = newId('upl');
    const json = (text: string) => new Blob([text], { type: 'application/json' });
    const send = (text: string) =>
      world.firm.api('POST', path(), {
        raw: form([
          ['metadata', json(text)],
          ['file', blob],
        ]),
      });
    expect((await send(metadata({ upload_id: id, status: 'uploaded' }))).status).toBe(202);
    const wrong = await send(metadata({ upload_id: newId('upl'), file_name: 7 }));
    expect([wrong.status, wrong.body.error.details.fields[0].field]).toEqual([400, 'metadata.file_name']);
    expect((await send('{"upload_id":')).status).toBe(400);
    const large = await send(metadata({ upload_id: newId('upl'), folder: 'x'.repeat(70_000) }));
    expect([large.status, large.body.error.details.fields[0].field]).toEqual([400, 'metadata']);
    // The same without a file name, as curl sends it.
    const lines = ['--b', 'content-disposition: form-data; name="metadata"', 'content-type: application/json', ''];
    const file = ['--b', 'content-disposition: form-data; name="file"; filename="a.pdf"', '', '%PDF-', '--b--', ''];
    const plain = await world.firm.api('POST', path(), {
      raw: [...lines, metadata({ upload_id: newId('upl'), status: 'uploaded' }), ...file].join('\r\n'),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(plain.status).toBe(202);
  });

  it.each([
    ['plain text', 'text/plain', 'x', 415],
    ['broken JSON', 'application/json', '{', 400],
    ['multipart without a boundary', 'multipart/form-data', 'x', 400],
    ['multipart of another boundary', 'multipart/form-data; boundary=b', '--a\r\n\r\n--a--', 400],
    ['multipart that breaks off in the metadata', 'multipart/form-data; boundary=b', PARTS.slice(0, 60), 400],
    ['multipart that breaks off in the file', 'multipart/form-data; boundary=b', PARTS, 400],
  ])('refuses a body of %s', async (_what, type, raw, status) => {
    const before = await stored();
    const answer = await world.firm.api('POST', path(), { raw, headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    expect(await stored()).toEqual(before);
  });

  it('answers 404 for a matter that nobody knows, before it takes the bytes', async () => {
    const before = await stored();
    expect((await upload(world.firm, newId('mat'), samplePdf())).status).toBe(404);
    expect(await stored()).toEqual(before);
  });

  it('fetches a download_url at once', async () => {
    const at = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
    const send = (file: string, parts: object = {}) =>
      world.firm.api('POST', path(), {
        json: { ...(JSON.parse(metadata(parts)) as object), download_url: `${at}${file}` },
      });
    const id = newId('upl');
    const taken = await send('/served.pdf', { upload_id: id, sha256: served.sha256 });
    expect([taken.status, taken.body.data.sha256]).toEqual([202, served.sha256]);
    await untilDocument(world.firm, matterId, id, 'confirmed');
    expect((await send('/served.pdf', { sha256: '1'.repeat(64) })).status).toBe(422);
    const gone = await send('/gone.pdf');
    expect([gone.status, gone.body.error.code]).toEqual([422, 'download_failed']);
    const nowhere = await world.firm.api('POST', path(), { json: JSON.parse(metadata()) });
    expect([nowhere.status, nowhere.body.error.details.fields[0].field]).toEqual([400, 'download_url']);
  }, 40_000);

  it('compares multipart bodies under one Idempotency-Key by metadata and the file’s SHA-256', async () => {
    const [file, id, key] = [samplePdf(), newId('upl'), newId('key')];
    const send = (sent: SampleFile, parts: object = {}) =>
      upload(world.firm, matterId, sent, {
        metadata: { upload_id: id, status: 'uploaded', sha256: null, ...parts },
        headers: { 'idempotency-key': key },
      });
    const first = await send(file);
    const again = await send(file);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    for (const conflict of [await send(samplePdf()), await send(file, { folder: 'Elsewhere' })])
      expect([conflict.status, conflict.body.error.code]).toEqual([409, 'idempotency_conflict']);
    const rows = await askDatabase(world.product, 'select 1 from documents where upload_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });
});
