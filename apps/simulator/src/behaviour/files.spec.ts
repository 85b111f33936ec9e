import { createHash } from 'node:crypto';
import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const FROZEN = '2026-11-02T09:00:00Z';
const PDF = Buffer.from('%PDF-1.7 the bytes');
const HOUR_MS = 3_600_000;
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

describe('files', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let documents: string;
  beforeAll(async () => {
    [sim, receiver] = [await SimulatorUnderTest.start(), await Receiver.start()];
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    receiver.received.length = 0;
    await sim.begin({ frozen_at: FROZEN });
    documents = `/matters/${String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id'])}/documents`;
  });

  const open = async (body: Json = {}): Promise<{ id: string; url: string; path: string }> => {
    const answer = await sim.api('POST', `${documents}/files`, { body: { fileName: 'agreement.pdf', ...body } });
    expect(answer.status).toBe(202);
    expect(Object.keys(answer.body).sort()).toEqual(['expiry', 'fileId', 'uploadUrl']);
    const id = String(answer.body['fileId']);
    return { id, url: String(answer.body['uploadUrl']), path: `${documents}/files/${id}` };
  };
  const put = (url: string, bytes: Buffer = PDF, headers: Record<string, string> = { 'content-type': '' }) =>
    sim.raw('PUT', url, bytes, headers);
  const stored = async (id: string): Promise<Json | undefined> =>
    (await sim.firm())['files']?.find((file) => file['id'] === id);
  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;
  /** A file with these versions. */
  const uploaded = async (...versions: string[]): Promise<{ id: string; path: string }> => {
    const file = await open();
    await put(file.url, Buffer.from(versions[0] ?? ''));
    await sim.settle();
    for (const version of versions.slice(1)) {
      await put(String((await read(`${file.path}/upload`))['uploadUrl']), Buffer.from(version));
      await sim.settle();
    }
    return file;
  };

  it.each([
    ['final.v2.docx', 'final.v2', '.docx'],
    ['README', 'README', undefined],
    ['.env', '.env', undefined],
    [`${'n'.repeat(252)}.pdf`, 'n'.repeat(252), '.pdf'],
  ])(
    '9.35 a slot is a record without bytes, its name apart from the extension: %s',
    async (fileName, name, extension) => {
      const file = await open({ fileName, fileAdditionalData: { ref: '7' } });
      const record = await read(file.path);
      expect(record).toMatchObject({ name, isUploaded: false, isCancelled: false, additionalData: { ref: '7' } });
      expect(record['fileExtension'] === '' ? undefined : record['fileExtension']).toBe(extension);
      expect(record['sizeBytes']).toBe(0);
    },
  );

  it.each([
    ['no fileName', {}],
    ['an empty fileName', { fileName: '' }],
    ['a fileName of 257 characters', { fileName: 'a'.repeat(257) }],
    ['a fileName that is a number', { fileName: 5 }],
  ])('9.35 %s is a 400', async (_name, body) => {
    expect((await sim.api('POST', `${documents}/files`, { body })).status).toBe(400);
  });

  it.each([
    ['a content type', { 'content-type': 'application/pdf' }, 403, 'SignatureDoesNotMatch'],
    ['two quote characters as content type', { 'content-type': '""' }, 403, 'SignatureDoesNotMatch'],
    ['an Authorization header', { 'content-type': '', authorization: 'Bearer x' }, 400, 'InvalidArgument'],
  ])('9.36 the storage refuses %s', async (_name, headers, status, code) => {
    const { url, id } = await open();
    const answer = await put(url, PDF, headers);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)]);
    expect(answer.headers['content-type']).toBe('application/xml');
    await sim.settle();
    expect((await stored(id))?.['isUploaded']).toBe(false);
  });

  it('9.36 the storage takes a PUT with an empty content type or none, and again before the expiry', async () => {
    const { url, id } = await open();
    const first = await put(url);
    expect([first.status, first.text]).toEqual([200, '']);
    await sim.advance(HOUR_MS - 1000);
    expect((await put(url, Buffer.from('second'), {})).status).toBe(200);
    await sim.advance(999);
    expect((await stored(id))?.['sha256']).toBe(sha256('second'));
  });

  it.each([3600, 60])('9.36 after its %i seconds an address is no good, used or not', async (seconds) => {
    await sim.switches({ upload_url_ttl_s: seconds });
    const [used, unused] = [await open(), await open()];
    await put(used.url);
    await sim.advance(seconds * 1000);
    for (const { url } of [used, unused]) {
      const late = await put(url);
      expect([late.status, late.text]).toEqual([403, expect.stringContaining('Request has expired')]);
    }
  });

  it('9.36 another method, a changed key or bucket, a later expiry, a missing signature', async () => {
    const { url } = await open();
    for (const method of ['POST', 'DELETE']) expect((await sim.raw(method, url, PDF)).status).toBe(405);
    const later = url.replace(/Expires=\d+/, (text) => `Expires=${Number(text.slice(8)) + 60}`);
    const otherBucket = url.replace('/s3/sim-documents/', '/s3/xsim-documents/');
    const deeper = url.replace('/s3/sim-documents/', '/s3/sim-documents//');
    for (const changed of [url.replace('apiuploads/', 'apiuploads/x'), later, otherBucket, deeper]) {
      expect(changed).not.toBe(url);
      const answer = await put(changed);
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    }
    expect((await put(url.split('?')[0] ?? '')).text).toContain('AccessDenied');
  });

  it('9.37 after the ingest the file is uploaded, with size, version, history and an event that has a cursor', async () => {
    await sim.api('POST', '/webhooks', { body: { eventTypes: ['files.updated'], eventNotificationUrl: receiver.url } });
    await sim.switches({ ingest_ms: 5000 });
    const file = await open();
    const before = await read(file.path);
    await put(file.url);
    await sim.advance(4999);
    expect(await read(file.path)).toEqual(before);
    await sim.advance(1);
    const after = await read(file.path);
    expect(after).toMatchObject({ isUploaded: true, isCancelled: false, sizeBytes: PDF.length });
    expect(String(after['versionId'])).toMatch(new RegExp(`^${file.id}.+`));
    expect(after['versionId']).not.toBe(before['versionId']);
    expect((await sim.api('GET', `${file.path}/history`)).list).toHaveLength(1);
    await sim.settle();
    expect(receiver.types()).toEqual(['files.updated']);
    const payload = receiver.received[0]?.body['payload'] as Json;
    const changed = await sim.api('GET', `${documents}/files?Cursor=${String(payload['cursor'])}`);
    expect([payload['id'], changed.list.map((row) => row['id'])]).toEqual([documents.split('/')[2], [file.id]]);
    const bytes = await sim.raw('GET', `/_sim/us/files/${file.id}/content`);
    expect(bytes.text).toBe(PDF.toString());
  });

  it('9.37 an upload that never comes is cancelled when its address expires, and may still come by a new one', async () => {
    await sim.switches({ upload_url_ttl_s: 600 });
    const file = await open();
    await sim.advance(599_000);
    expect(await read(file.path)).toMatchObject({ isUploaded: false, isCancelled: false });
    await sim.advance(1000);
    expect(await read(file.path)).toMatchObject({ isUploaded: false, isCancelled: true });
    await put(String((await read(`${file.path}/upload`))['uploadUrl']));
    await sim.settle();
    expect(await read(file.path)).toMatchObject({ isUploaded: true, isCancelled: false });
  });

  const edit = { body: { fileName: 'agreement.pdf' } };
  it.each([
    ['GET', '/upload', undefined, 200],
    ['PUT', '', edit, 202],
    ['PATCH', '', edit, 202],
  ])('9.38 %s%s gives a new address; only an upload there is a new version', async (method, below, options, status) => {
    const file = await uploaded('first');
    const answer = await sim.api(method, `${file.path}${below}`, options);
    expect([answer.status, Object.keys(answer.body).sort()]).toEqual([status, ['expiry', 'fileId', 'uploadUrl']]);
    expect(answer.body['fileId']).toBe(file.id);
    await sim.settle();
    expect((await stored(file.id))?.['versions']).toHaveLength(1);
    await put(String(answer.body['uploadUrl']), Buffer.from('second'));
    await sim.settle();
    expect(await stored(file.id)).toMatchObject({
      sha256: sha256('second'),
      versions: [{ sha256: sha256('first') }, { sha256: sha256('second') }],
    });
  });

  it.each([
    ['PUT', { folderId: null }],
    ['PUT', {}],
    ['PATCH', { folderId: null }],
    ['PATCH', {}],
  ])('9.38 %s without a folder moves the file to the root: %j', async (method, more) => {
    const folder = String((await sim.api('POST', `${documents}/folders`, { body: { name: 'In' } })).body['id']);
    const file = await open({ folderId: folder });
    expect((await read(file.path))['folder']).toMatchObject({ id: folder });
    await sim.api(method, file.path, { body: { fileName: 'agreement.pdf', folderId: folder } });
    expect((await read(file.path))['folder']).toMatchObject({ id: folder });
    await sim.api(method, file.path, { body: { fileName: 'agreement.pdf', ...more } });
    expect(await read(file.path)).not.toHaveProperty('folder');
  });

  it.each(['PUT', 'PATCH'])('9.38 %s without fileName is a 400; with another one it renames', async (method) => {
    const file = await uploaded('first');
    expect((await sim.api(method, file.path, { body: { isFavorite: true } })).status).toBe(400);
    await sim.api(method, file.path, { body: { fileName: 'signed.docx', isFavorite: true } });
    expect(await read(file.path)).toMatchObject({ name: 'signed', fileExtension: '.docx', isFavorite: true });
  });

  it('9.39 a download gives the newest version, or the one that is asked for', async () => {
    const file = await uploaded('first', 'second');
    const versions = (await stored(file.id))?.['versions'] as Json[];
    const bytesOf = async (query: string): Promise<string> => {
      const { body } = await sim.api('GET', `${file.path}/download${query}`);
      expect(body).toMatchObject({ fileId: file.id, name: 'agreement', fileExtension: '.pdf' });
      return (await sim.raw('GET', String(body['downloadUrl']))).text;
    };
    const ids = versions.map((version) => String(version['versionId']));
    expect(await bytesOf('')).toBe('second');
    expect(await bytesOf(`?versionId=${ids[0]}`)).toBe('first');
    expect(await bytesOf(`?versionId=${ids[1]}`)).toBe('second');
    expect((await sim.api('GET', `${file.path}/download?versionId=nothing`)).status).toBe(404);
  });

  it.each([3600, 60])(
    '9.39 the address of a download ends after %i seconds, and takes no Authorization',
    async (seconds) => {
      await sim.switches({ download_url_ttl_s: seconds });
      const file = await uploaded('first');
      const url = String((await read(`${file.path}/download`))['downloadUrl']);
      expect((await sim.raw('GET', url, undefined, { authorization: 'x' })).status).toBe(400);
      await sim.advance(seconds * 1000 - 1000);
      expect((await sim.raw('GET', url)).status).toBe(200);
      await sim.advance(1000);
      expect((await sim.raw('GET', url)).status).toBe(403);
    },
  );

  it('9.39 before the upload there is neither a download nor a preview, after it both', async () => {
    const file = await open();
    const statuses = async () => [
      (await sim.api('GET', `${file.path}/download`)).status,
      (await sim.api('GET', `${file.path}/preview`)).status,
    ];
    expect(await statuses()).toEqual([404, 404]);
    await put(file.url);
    await sim.settle();
    expect(await statuses()).toEqual([200, 200]);
  });
});
