import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { documentMetadataSchema } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { ByteStore, TooManyBytes } from './byte-store';
import { ForgetStrayBytes } from './forget-stray-bytes';
import { TakeDocument } from './take-document';

const MB = 1024 * 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function whole(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('documents', () => {
  let one: AppUnderTest;
  let firmId: string;
  let apiKey: string;

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    ({ firmId, apiKey } = await one.firm());
    await one.put(firmId, 'mat_1');
  });
  afterAll(() => one.close());

  const pieces = async () =>
    await one.database.query<{ part: number; bytes: number; bytes_enc: Buffer }>('select part, length(bytes_enc) as bytes, bytes_enc from document_chunks where firm_id = $1 order by store_id, part', [firmId]); // prettier-ignore
  const put = (bytes: Buffer, size = 64 * 1024, max = 100 * MB) => one.get(ByteStore).put(firmId, inChunks(bytes, size), max); // prettier-ignore

  describe('waiting bytes', () => {
    const sizes: readonly [string, number, number, number][] = [
      ['nothing', 0, 1_000, 0],
      ['one byte', 1, 1_000, 1],
      ['just under a piece', MB - 1, 64 * 1024, 1],
      ['exactly a piece', MB, 64 * 1024, 1],
      ['just over a piece', MB + 1, 64 * 1024, 2],
      ['three pieces and a rest, in chunks that fit nowhere', 3 * MB + 12_345, 99_991, 3],
      ['one large chunk', 2 * MB + 5, 4 * MB, 1],
    ];
    it.each(sizes)('come back as they came: %s', async (_name, size, chunk, parts) => {
      const bytes = randomBytes(size);
      const stored = await put(bytes, chunk);
      expect(stored).toMatchObject({ sizeBytes: size, sha256: sha256(bytes) });
      expect((await whole(one.get(ByteStore).read(firmId, stored.storeId))).equals(bytes)).toBe(true);
      expect(await pieces()).toHaveLength(parts);
    });

    it('are sealed, piece by piece, each in its place', async () => {
      const stored = await put(Buffer.alloc(2 * MB, 'Rivera'));
      for (const { bytes_enc: sealed } of await pieces()) expect(sealed.includes('Rivera')).toBe(false);
      await one.database.query('update document_chunks set part = 9 - part where firm_id = $1', [firmId]);
      await one.database.query('update document_chunks set part = case part when 9 then 1 else 0 end where firm_id = $1', [firmId]); // prettier-ignore
      await expect(whole(one.get(ByteStore).read(firmId, stored.storeId))).rejects.toThrow();
    });

    it('beyond the limit leave nothing behind', async () => {
      await expect(put(randomBytes(3 * MB), 64 * 1024, 2 * MB)).rejects.toThrow(TooManyBytes);
      expect(await pieces()).toEqual([]);
      await expect(put(randomBytes(2 * MB), 64 * 1024, 2 * MB)).resolves.toMatchObject({ sizeBytes: 2 * MB });
    });

    it('whose sender breaks off leave nothing behind', async () => {
      async function* broken() {
        yield randomBytes(2 * MB);
        throw new Error('gone');
      }
      await expect(one.get(ByteStore).put(firmId, broken(), 100 * MB)).rejects.toThrow('gone');
      expect(await pieces()).toEqual([]);
    });

    it('are erased whole, and only those', async () => {
      const [first, second] = [await put(randomBytes(2 * MB)), await put(randomBytes(10))];
      await one.inFirm(firmId, (scope) => one.get(ByteStore).erase(scope, first.storeId));
      expect(await pieces()).toHaveLength(1);
      expect((await whole(one.get(ByteStore).read(firmId, second.storeId))).length).toBe(10);
    });

    it('of another firm are none', async () => {
      const stored = await put(randomBytes(10));
      const other = await one.firm();
      expect((await whole(one.get(ByteStore).read(other.firmId, stored.storeId))).length).toBe(0);
      await one.inFirm(other.firmId, (scope) => one.get(ByteStore).erase(scope, stored.storeId));
      expect(await pieces()).toHaveLength(1);
    });

    it('that belong to no document are erased an hour later, the others never', async () => {
      await put(randomBytes(10));
      await take('upl_1', randomBytes(20), { status: 'uploaded' });
      one.clock.advance(3600_000 - 1);
      await one.get(ForgetStrayBytes).run();
      expect(await pieces()).toHaveLength(2);
      one.clock.advance(2);
      await one.get(ForgetStrayBytes).run();
      expect((await pieces()).map(({ bytes }) => bytes)).toEqual([20 + 33]);
    });
  });

  const take = async (uploadId: string, bytes: Buffer, change: object = {}, matterId = 'mat_1') => {
    const metadata = documentMetadataSchema.parse({ upload_id: uploadId, file_name: 'Rivera decree.pdf', content_type: 'application/pdf', status: 'approved', ...change }); // prettier-ignore
    return await one.get(TakeDocument).take(firmId, matterId, metadata, await put(bytes), 'key:key_1');
  };
  const operations = async () => one.database.query<{ entity_id: string; state: string }>(`select entity_id, state from operations where firm_id = $1 and kind = 'document.push' order by position`, [firmId]); // prettier-ignore
  const documents = async () => one.database.query<{ upload_id: string; status: string; state: string; sha256: string }>('select upload_id, status, state, sha256 from documents where firm_id = $1', [firmId]); // prettier-ignore

  describe('taking one', () => {
    it('approved, its whole matter is brought along', async () => {
      expect(await take('upl_1', randomBytes(10))).toMatchObject({ upload_id: 'upl_1', state: 'pending', file_name: 'Rivera decree.pdf', size_bytes: 10, error: null }); // prettier-ignore
      const kinds = await one.database.query<{ kind: string }>('select kind from operations where firm_id = $1 order by position', [firmId]); // prettier-ignore
      expect(kinds.map(({ kind }) => kind)).toEqual(['contact.push', 'matter.push', 'document.push']);
    });

    it('not approved, it waits', async () => {
      expect(await take('upl_1', randomBytes(10), { status: 'uploaded' })).toMatchObject({ state: 'received' });
      expect(await operations()).toEqual([]);
    });

    it('uploaded first and approved later is sent once', async () => {
      const bytes = randomBytes(10);
      await take('upl_1', bytes, { status: 'uploaded' });
      await take('upl_1', bytes);
      await take('upl_1', bytes);
      expect(await operations()).toEqual([{ entity_id: 'upl_1', state: 'pending' }]);
      expect(await documents()).toMatchObject([{ status: 'approved', state: 'pending' }]);
      expect(await pieces()).toHaveLength(1);
    });

    it('approved stays approved, whatever comes late', async () => {
      const bytes = randomBytes(10);
      await take('upl_1', bytes);
      await take('upl_1', bytes, { status: 'uploaded' });
      expect(await documents()).toMatchObject([{ status: 'approved' }]);
    });

    it('approved ten times at once is sent once, its bytes kept once', async () => {
      const bytes = randomBytes(10);
      await Promise.all(Array.from({ length: 10 }, () => take('upl_1', bytes)));
      expect([await operations(), await pieces()].map((found) => found.length)).toEqual([1, 1]);
    });

    it('whose bytes differ from its hash: refused, nothing stored', async () => {
      const bytes = randomBytes(10);
      await expect(take('upl_1', bytes, { sha256: sha256(randomBytes(10)) })).rejects.toMatchObject({ code: 'hash_mismatch', status: 422, details: { received: sha256(bytes) } }); // prettier-ignore
      expect([await documents(), await pieces(), await operations()]).toEqual([[], [], []]);
    });

    it('with its hash, in capitals too', async () => {
      const bytes = randomBytes(10);
      expect(await take('upl_1', bytes, { sha256: sha256(bytes).toUpperCase() })).toMatchObject({
        sha256: sha256(bytes),
      });
    });

    it('the same upload with other bytes: a conflict, the first stays', async () => {
      const bytes = randomBytes(10);
      await take('upl_1', bytes);
      await expect(take('upl_1', randomBytes(10))).rejects.toMatchObject({ code: 'conflict', status: 409 });
      expect(await documents()).toMatchObject([{ sha256: sha256(bytes) }]);
      expect(await pieces()).toHaveLength(1);
    });

    it('the same upload on another matter: a conflict', async () => {
      await one.put(firmId, 'mat_2');
      const bytes = randomBytes(10);
      await take('upl_1', bytes);
      await expect(take('upl_1', bytes, {}, 'mat_2')).rejects.toMatchObject({ code: 'conflict' });
    });

    it('with automatic sync off it is kept and not sent', async () => {
      await one.database.query(`update firms set settings = '{"auto_sync_on_approval": false}' where firm_id = $1`, [firmId]); // prettier-ignore
      await take('upl_1', randomBytes(10));
      expect(await operations()).toEqual([]);
    });

    it('its name is sealed', async () => {
      await take('upl_1', randomBytes(10), { folder: 'Canary/Decrees' });
      const [row] = await one.database.query<{ text: string }>('select d::text as text from documents d where firm_id = $1', [firmId]); // prettier-ignore
      for (const word of ['Rivera', 'Canary']) expect(row?.text).not.toContain(Buffer.from(word).toString('hex'));
    });
  });

  describe('over HTTP', () => {
    interface Part {
      readonly name: string;
      readonly file?: string;
      readonly value: string | Buffer;
    }
    const META = { upload_id: 'upl_1', file_name: 'a.pdf', content_type: 'application/pdf', status: 'approved' };
    const meta = (change: object = {}): Part => ({ name: 'metadata', value: JSON.stringify({ ...META, ...change }) });
    const file = (bytes: Buffer | string = 'bytes'): Part => ({ name: 'file', file: 'a.pdf', value: bytes });
    const send = async (
      parts: readonly Part[],
      { matterId = 'mat_1', headers = {} } = {},
    ) => {
      const boundary = 'x-boundary-x';
      const payload = Buffer.concat([
        ...parts.flatMap(({ name, file: filename, value }) => [
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n${filename ? 'content-type: application/pdf\r\n' : ''}\r\n`),
          Buffer.from(value),
          Buffer.from('\r\n'),
        ]),
        Buffer.from(`--${boundary}--\r\n`),
      ]); // prettier-ignore
      const answer = await one.app.inject({ method: 'POST', url: `/api/v1/matters/${matterId}/documents`, payload, headers: { 'x-api-key': apiKey, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers } }); // prettier-ignore
      return { status: answer.statusCode, body: answer.json<{ data?: Record<string, unknown>; error?: { code: string; details: { fields?: { field: string }[] } } }>() }; // prettier-ignore
    };

    it('takes metadata, then the file', async () => {
      expect(await send([meta(), file(randomBytes(3 * MB))])).toMatchObject({ status: 202, body: { data: { upload_id: 'upl_1', size_bytes: 3 * MB, state: 'pending' } } }); // prettier-ignore
    });

    const wrong: readonly [string, readonly Part[], string][] = [
      ['no metadata', [file()], 'metadata'],
      ['metadata after the file', [file(), meta()], 'metadata'],
      ['no file', [meta()], 'file'],
      ['nothing', [], 'metadata'],
      ['metadata that is no JSON', [{ name: 'metadata', value: '{' }, file()], 'metadata'],
      ['metadata of 65 KB', [meta({ folder: 'x'.repeat(66_000) }), file()], 'metadata'],
      ['metadata as a list', [{ name: 'metadata', value: '[]' }, file()], 'metadata.body'],
      ['no upload id', [meta({ upload_id: undefined }), file()], 'metadata.upload_id'],
      ['a hash that is none', [meta({ sha256: 'abc' }), file()], 'metadata.sha256'],
      ['a file name with a control character', [meta({ file_name: 'a\nb.pdf' }), file()], 'metadata.file_name'],
      ['the file under another name', [meta(), { ...file(), name: 'attachment' }], 'attachment'],
    ];
    it.each(wrong)('refuses %s by its name, and stores nothing', async (_name, parts, field) => {
      const { status, body } = await send(parts);
      expect([status, body.error?.code, body.error?.details.fields?.[0]?.field]).toEqual([400, 'validation_error', field]); // prettier-ignore
      expect([await documents(), await pieces()]).toEqual([[], []]);
    });

    it('names all that is wrong in the metadata at once', async () => {
      const { body } = await send([meta({ upload_id: '', sha256: 'x', status: '' }), file()]);
      const named = new Set(body.error?.details.fields?.map(({ field }) => field));
      expect([...named].sort()).toEqual(['metadata.sha256', 'metadata.status', 'metadata.upload_id']);
    });

    it('an unknown matter and one of another firm are the same 404, and nothing is stored', async () => {
      const other = await one.firm();
      await one.put(other.firmId, 'mat_theirs');
      const answers = [await send([meta(), file()], { matterId: 'mat_none' }), await send([meta(), file()], { matterId: 'mat_theirs' })]; // prettier-ignore
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({ status: 404 });
      expect(await pieces()).toEqual([]);
    });

    it('a hash that does not fit: 422, nothing stored', async () => {
      expect(await send([meta({ sha256: sha256(Buffer.from('other')) }), file()])).toMatchObject({ status: 422, body: { error: { code: 'hash_mismatch' } } }); // prettier-ignore
      expect([await documents(), await pieces()]).toEqual([[], []]);
    });

    it('with an Idempotency-Key the same file gives the first answer, another is a conflict, and no bytes are left over', async () => {
      const headers = { 'idempotency-key': 'k1' };
      const first = await send([meta(), file()], { headers });
      expect(first.status).toBe(202);
      expect(await send([meta(), file()], { headers })).toEqual(first);
      expect(await send([meta(), file('other')], { headers })).toMatchObject({ status: 409, body: { error: { code: 'idempotency_conflict' } } }); // prettier-ignore
      expect(await pieces()).toHaveLength(1);
    });

    it.each([
      ['text/plain', 415],
      ['application/json', 400],
    ])('as %s: %i', async (type, status) => {
      const answer = await one.app.inject({ method: 'POST', url: '/api/v1/matters/mat_1/documents', payload: '{"upload_id":', headers: { 'x-api-key': apiKey, 'content-type': type } }); // prettier-ignore
      expect(answer.statusCode).toBe(status);
    });
  });
});
