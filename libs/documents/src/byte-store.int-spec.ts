import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { documentMetadataSchema } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { ByteStore, PIECE_BYTES, TooManyBytes } from './byte-store';
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

describe('waiting bytes', () => {
  let one: AppUnderTest;
  let firmId: string;

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    await one.put(firmId, 'mat_1');
  });
  afterAll(() => one.close());

  const pieces = async () =>
    await one.database.query<{ part: number; bytes: number; bytes_enc: Buffer }>(
      'select part, length(bytes_enc) as bytes, bytes_enc from document_chunks where firm_id = $1 order by store_id, part',
      [firmId],
    );
  const put = (bytes: Buffer, size = 64 * 1024, max = 100 * MB) =>
    one.get(ByteStore).put(firmId, inChunks(bytes, size), max);

  const sizes: readonly [string, number, number, number][] = [
    ['nothing', 0, 1_000, 0],
    ['one byte', 1, 1_000, 1],
    ['just under a piece', PIECE_BYTES - 1, 16 * 1024, 1],
    ['exactly a piece', PIECE_BYTES, 16 * 1024, 1],
    ['just over a piece', PIECE_BYTES + 1, 16 * 1024, 2],
    ['three pieces and a rest, in chunks that fit nowhere', 3 * PIECE_BYTES + 12_345, 9_991, 4],
    ['one large chunk', 20 * PIECE_BYTES + 5, 4 * MB, 21],
  ];
  it.each(sizes)('come back as they came: %s', async (_name, size, chunk, parts) => {
    const bytes = randomBytes(size);
    const stored = await put(bytes, chunk);
    expect(stored).toMatchObject({ sizeBytes: size, sha256: sha256(bytes) });
    expect((await whole(one.get(ByteStore).read(firmId, stored.storeId))).equals(bytes)).toBe(true);
    expect(await pieces()).toHaveLength(parts);
  });

  it('are sealed, piece by piece, each in its place', async () => {
    const stored = await put(Buffer.alloc(2 * PIECE_BYTES, 'Rivera'));
    for (const { bytes_enc: sealed } of await pieces()) expect(sealed.includes('Rivera')).toBe(false);
    await one.database.query('update document_chunks set part = 9 - part where firm_id = $1', [firmId]);
    await one.database.query(
      'update document_chunks set part = case part when 9 then 1 else 0 end where firm_id = $1',
      [firmId],
    );
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
    const metadata = documentMetadataSchema.parse({
      upload_id: 'upl_1',
      file_name: 'a.pdf',
      content_type: 'application/pdf',
      status: 'uploaded',
    });
    await one.get(TakeDocument).take(firmId, 'mat_1', metadata, await put(randomBytes(20)), 'key:key_1');
    one.clock.advance(3600_000 - 1);
    await one.get(ForgetStrayBytes).run();
    expect(await pieces()).toHaveLength(2);
    one.clock.advance(2);
    await one.get(ForgetStrayBytes).run();
    expect((await pieces()).map(({ bytes }) => bytes)).toEqual([20 + 33]);
  });
});
