import { createHash } from 'node:crypto';
import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const PDF = Buffer.from('%PDF-1.7 the bytes');
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

describe('files', () => {
  let sim: SimulatorUnderTest;
  let documents: string;
  beforeEach(async () => {
    sim = await SimulatorUnderTest.connected();
    documents = `/matters/${String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id'])}/documents`;
  });
  afterEach(() => sim.close());

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

  it('9.35 a slot is a record without bytes, its name without the extension', async () => {
    const file = await open({ fileName: 'final.v2.docx', fileAdditionalData: { ref: '7' } });
    expect((await sim.api('GET', file.path)).body).toMatchObject({
      name: 'final.v2',
      fileExtension: '.docx',
      isUploaded: false,
      isCancelled: false,
      additionalData: { ref: '7' },
    });
  });

  it.each([
    ['no fileName', {}],
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
    expect((await stored(id))?.['isUploaded']).toBe(false);
  });

  it('9.36 the storage takes a PUT with an empty content type or none, and again before the expiry', async () => {
    const { url, id } = await open();
    const first = await put(url);
    expect([first.status, first.text]).toEqual([200, '']);
    expect((await put(url, Buffer.from('second'), {})).status).toBe(200);
    await sim.settle();
    expect((await stored(id))?.['sha256']).toBe(sha256('second'));
  });

  it('9.36 another method, a changed key, a missing or a late signature', async () => {
    const { url } = await open();
    expect((await sim.raw('POST', url, PDF)).status).toBe(405);
    expect((await put(url.replace('apiuploads/', 'apiuploads/x'))).text).toContain('SignatureDoesNotMatch');
    expect((await put(url.split('?')[0] ?? '')).text).toContain('AccessDenied');
    await sim.advance(3_600_001);
    const late = await put(url);
    expect([late.status, late.text]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  it('9.37 after the ingest the file is uploaded, with size, version, history and an event that has a cursor', async () => {
    const receiver = await Receiver.start();
    await sim.api('POST', '/webhooks', { body: { eventTypes: ['files.updated'], eventNotificationUrl: receiver.url } });
    await sim.switches({ ingest_ms: 5000 });
    const file = await open();
    const before = (await sim.api('GET', file.path)).body;
    await put(file.url);
    expect((await sim.api('GET', file.path)).body['isUploaded']).toBe(false);
    await sim.advance(5000);
    const after = (await sim.api('GET', file.path)).body;
    expect(after).toMatchObject({ isUploaded: true, sizeBytes: PDF.length });
    expect(after['versionId']).not.toBe(before['versionId']);
    expect((await sim.api('GET', `${file.path}/history`)).list).toHaveLength(1);
    await sim.settle();
    const payload = receiver.received[0]?.body['payload'] as Json;
    const changed = await sim.api('GET', `${documents}/files?Cursor=${String(payload['cursor'])}`);
    expect([payload['id'], changed.list.map((row) => row['id'])]).toEqual([documents.split('/')[2], [file.id]]);
    expect(await stored(file.id)).toMatchObject({
      sha256: sha256(PDF),
      isUploaded: true,
      versions: [{ sizeBytes: PDF.length }],
    });
    const bytes = await sim.raw('GET', `/_sim/us/files/${file.id}/content`);
    expect(bytes.text).toBe(PDF.toString());
    await receiver.close();
  });

  it('9.37 an upload that never comes is cancelled', async () => {
    await sim.switches({ upload_url_ttl_s: 600 });
    const file = await open();
    await sim.advance(600_001);
    expect((await sim.api('GET', file.path)).body).toMatchObject({ isUploaded: false, isCancelled: true });
  });

  it('9.38 GET upload, PUT and PATCH give a new address, and an upload there is a new version', async () => {
    const file = await open();
    await put(file.url);
    await sim.settle();
    const edit = { body: { fileName: 'agreement.pdf' } };
    const answers = [
      await sim.api('GET', `${file.path}/upload`),
      await sim.api('PUT', file.path, edit),
      await sim.api('PATCH', file.path, edit),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([200, 202, 202]);
    for (const [index, answer] of answers.entries()) {
      await put(String(answer.body['uploadUrl']), Buffer.from(`version ${index}`));
      await sim.settle();
    }
    expect((await stored(file.id))?.['versions']).toHaveLength(4);
    expect((await sim.api('PATCH', file.path, { body: { isFavorite: true } })).status).toBe(400);
  });

  it('9.38 an edit without a folder moves the file to the root', async () => {
    const folder = String((await sim.api('POST', `${documents}/folders`, { body: { name: 'In' } })).body['id']);
    const file = await open({ folderId: folder });
    expect((await sim.api('GET', file.path)).body['folder']).toMatchObject({ id: folder });
    await sim.api('PATCH', file.path, { body: { fileName: 'agreement.pdf', folderId: folder } });
    expect((await sim.api('GET', file.path)).body['folder']).toMatchObject({ id: folder });
    await sim.api('PATCH', file.path, { body: { fileName: 'agreement.pdf' } });
    expect((await sim.api('GET', file.path)).body).not.toHaveProperty('folder');
  });

  it('9.39 a download selects a version, expires, and is 404 before the upload', async () => {
    const file = await open();
    expect((await sim.api('GET', `${file.path}/download`)).status).toBe(404);
    expect((await sim.api('GET', `${file.path}/preview`)).status).toBe(404);
    await put(file.url);
    await sim.settle();
    await put(String((await sim.api('GET', `${file.path}/upload`)).body['uploadUrl']), Buffer.from('newer'));
    await sim.settle();
    const versions = (await stored(file.id))?.['versions'] as Json[];
    const old = await sim.api('GET', `${file.path}/download?versionId=${String(versions[0]?.['versionId'])}`);
    expect((await sim.raw('GET', String(old.body['downloadUrl']))).text).toBe(PDF.toString());
    const newest = await sim.api('GET', `${file.path}/download`);
    expect((await sim.raw('GET', String(newest.body['downloadUrl']))).text).toBe('newer');
    expect((await sim.raw('GET', String(newest.body['downloadUrl']), undefined, { authorization: 'x' })).status).toBe(
      400,
    );
    await sim.advance(3_600_001);
    expect((await sim.raw('GET', String(newest.body['downloadUrl']))).status).toBe(403);
  });

  it('9.40 folders are a tree with one root node; the same name twice makes two; folderPath makes what is missing', async () => {
    const make = async (body: Json) => String((await sim.api('POST', `${documents}/folders`, { body })).body['id']);
    const [a, b] = [await make({ name: 'Same' }), await make({ name: 'Same' })];
    const inner = await make({ name: 'Inner', parentFolderId: a });
    const file = await open({ folderPath: 'Same/Inner/Deep' });
    const root = (await sim.api('GET', `${documents}/folders`)).list;
    expect(root).toHaveLength(1);
    expect((root[0]?.['folders'] as Json[]).map((folder) => folder['id'])).toEqual([a, b]);
    expect(root[0]).not.toHaveProperty('id');
    const node = await sim.api('GET', `${documents}/folders/${inner}`);
    expect(node.body).toMatchObject({ parentId: a, name: 'Inner' });
    const deep = (node.list[0]?.['folders'] as Json[])[0];
    expect((await sim.api('GET', file.path)).body['folder']).toMatchObject({ id: deep?.['id'] });
    const path = await sim.api('GET', `${documents}/folders/${String(deep?.['id'])}/path`);
    expect(path.list.map((segment) => segment['name'])).toEqual(['Same', 'Inner', 'Deep']);
  });

  it('9.41 a cursor lists what changed since, whatever sort and search say', async () => {
    const [first, second] = [await open({ fileName: 'one.txt' }), await open({ fileName: 'two.txt' })];
    const all = await sim.api('GET', `${documents}/files?Cursor=${Buffer.from('files:0').toString('base64url')}`);
    expect(all.list.map((file) => file['id'])).toEqual([first.id, second.id]);
    const next =
      String((all.body['next'] as Json)['href'])
        .split('Cursor=')[1]
        ?.split('&')[0] ?? '';
    expect((await sim.api('GET', `${documents}/files?Cursor=${next}`)).list).toEqual([]);
    await sim.api('DELETE', first.path);
    const later = await sim.api('GET', `${documents}/files?Cursor=${next}&Search=query:two&Sort=desc(dateCreated)`);
    expect(later.list).toMatchObject([{ id: first.id, isDeleted: true }]);
    expect((await sim.api('GET', `${documents}/files?Cursor=rubbish`)).status).toBe(400);
  });
});
