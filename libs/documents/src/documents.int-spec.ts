import { createHash, randomBytes } from 'node:crypto';
import { documentMetadataSchema } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { ByteStore } from './byte-store';
import { TakeDocument } from './take-document';

const MB = 1024 * 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
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
    await one.database.query<{ part: number }>('select part from document_chunks where firm_id = $1', [firmId]);
  const put = (bytes: Buffer) => one.get(ByteStore).put(firmId, once(bytes), MB);

  const take = async (uploadId: string, bytes: Buffer, change: object = {}, matterId = 'mat_1') => {
    const metadata = documentMetadataSchema.parse({
      upload_id: uploadId,
      file_name: 'Rivera decree.pdf',
      content_type: 'application/pdf',
      status: 'approved',
      ...change,
    });
    return await one.get(TakeDocument).take(firmId, matterId, metadata, await put(bytes), 'key:key_1');
  };
  const operations = async () =>
    one.database.query<{ entity_id: string; state: string }>(
      `select entity_id, state from operations where firm_id = $1 and kind = 'document.push' order by position`,
      [firmId],
    );
  const documents = async () =>
    one.database.query<{ upload_id: string; status: string; state: string; sha256: string }>(
      'select upload_id, status, state, sha256 from documents where firm_id = $1',
      [firmId],
    );

  describe('taking one', () => {
    it('approved, its whole matter is brought along', async () => {
      expect(await take('upl_1', randomBytes(10))).toMatchObject({
        upload_id: 'upl_1',
        state: 'pending',
        file_name: 'Rivera decree.pdf',
        size_bytes: 10,
        error: null,
      });
      const kinds = await one.database.query<{ kind: string }>(
        'select kind from operations where firm_id = $1 order by position',
        [firmId],
      );
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
      await expect(take('upl_1', bytes, { sha256: sha256(randomBytes(10)) })).rejects.toMatchObject({
        code: 'hash_mismatch',
        status: 422,
        details: { received: sha256(bytes) },
      });
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
      await one.database.query(`update firms set settings = '{"auto_sync_on_approval": false}' where firm_id = $1`, [
        firmId,
      ]);
      await take('upl_1', randomBytes(10));
      expect(await operations()).toEqual([]);
    });

    it('its name is sealed', async () => {
      await take('upl_1', randomBytes(10), { folder: 'Canary/Decrees' });
      const [row] = await one.database.query<{ text: string }>(
        'select d::text as text from documents d where firm_id = $1',
        [firmId],
      );
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
    const send = async (parts: readonly Part[], { matterId = 'mat_1', headers = {} } = {}) => {
      const boundary = 'x-boundary-x';
      const payload = Buffer.concat([
        ...parts.flatMap(({ name, file: filename, value }) => [
          Buffer.from(
            `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n${filename ? 'content-type: application/pdf\r\n' : ''}\r\n`,
          ),
          Buffer.from(value),
          Buffer.from('\r\n'),
        ]),
        Buffer.from(`--${boundary}--\r\n`),
      ]);
      const answer = await one.app.inject({
        method: 'POST',
        url: `/api/v1/matters/${matterId}/documents`,
        payload,
        headers: { 'x-api-key': apiKey, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
      });
      return {
        status: answer.statusCode,
        body: answer.json<{
          data?: Record<string, unknown>;
          error?: { code: string; details: { fields?: { field: string }[] } };
        }>(),
      };
    };

    it('takes metadata, then the file', async () => {
      expect(await send([meta(), file(randomBytes(3 * MB))])).toMatchObject({
        status: 202,
        body: { data: { upload_id: 'upl_1', size_bytes: 3 * MB, state: 'pending' } },
      });
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
      expect([status, body.error?.code, body.error?.details.fields?.[0]?.field]).toEqual([
        400,
        'validation_error',
        field,
      ]);
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
      const answers = [
        await send([meta(), file()], { matterId: 'mat_none' }),
        await send([meta(), file()], { matterId: 'mat_theirs' }),
      ];
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({ status: 404 });
      expect(await pieces()).toEqual([]);
    });

    it('a hash that does not fit: 422, nothing stored', async () => {
      expect(await send([meta({ sha256: sha256(Buffer.from('other')) }), file()])).toMatchObject({
        status: 422,
        body: { error: { code: 'hash_mismatch' } },
      });
      expect([await documents(), await pieces()]).toEqual([[], []]);
    });

    it('with an Idempotency-Key the same file gives the first answer, another is a conflict, and no bytes are left over', async () => {
      const headers = { 'idempotency-key': 'k1' };
      const first = await send([meta(), file()], { headers });
      expect(first.status).toBe(202);
      expect(await send([meta(), file()], { headers })).toEqual(first);
      expect(await send([meta(), file('other')], { headers })).toMatchObject({
        status: 409,
        body: { error: { code: 'idempotency_conflict' } },
      });
      expect(await pieces()).toHaveLength(1);
    });

    it.each([
      ['text/plain', 415],
      ['application/json', 400],
    ])('as %s: %i', async (type, status) => {
      const answer = await one.app.inject({
        method: 'POST',
        url: '/api/v1/matters/mat_1/documents',
        payload: '{"upload_id":',
        headers: { 'x-api-key': apiKey, 'content-type': type },
      });
      expect(answer.statusCode).toBe(status);
    });
  });
});
