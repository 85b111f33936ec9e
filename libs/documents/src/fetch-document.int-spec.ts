import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { documentMetadataSchema } from '@matterline/contracts';
import { Firms } from '@matterline/auth';
import { type AppUnderTest, startApp } from '../../../config/testing/app-under-test';
import { ByteStore } from './byte-store';
import { FetchDocument } from './fetch-document';
import { TakeDocument } from './take-document';

const THEIRS = Buffer.from('as CaseHug keeps it');
const SENT = Buffer.from('as CaseHug sent it meanwhile');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const METADATA = documentMetadataSchema.parse({
  upload_id: 'upl_1',
  file_name: 'Decree.pdf',
  content_type: 'application/pdf',
  status: 'approved',
});

describe('a document that CaseHug only named', () => {
  let one: AppUnderTest;
  let caseHug: Server;
  let firmId: string;
  /** What happens while the file is on its way. */
  let meanwhile: () => Promise<unknown>;

  beforeAll(async () => {
    caseHug = createServer((_request, response) => void meanwhile().then(() => response.end(THEIRS)));
    await once(caseHug.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(caseHug.address() as AddressInfo).port}`;
    one = await startApp({ env: { CASEHUG_API_URL: url, ALLOW_PRIVATE_NETWORKS: 'on' } });
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    await one.inFirm(firmId, (scope) => one.get(Firms).change(scope, { casehug_api_key: 'ch_key' }, 'user:usr_1'));
    await one.put(firmId, 'mat_1');
    meanwhile = () => Promise.resolve();
  });
  afterAll(async () => {
    caseHug?.close();
    await one?.close();
  });

  const announce = (matterId = 'mat_1') => one.get(TakeDocument).announce(firmId, matterId, METADATA);
  const fetched = () => one.get(FetchDocument).fetch(firmId, 'upl_1', (work) => one.inFirm(firmId, work));
  const take = async (bytes: Buffer) => {
    const pieces = (async function* () {
      yield bytes;
    })();
    const stored = await one.get(ByteStore).put(firmId, pieces, 1024);
    return await one.get(TakeDocument).take(firmId, 'mat_1', METADATA, stored, 'key:key_1');
  };
  const rows = <T>(sql: string) => one.database.query<T>(sql, [firmId]);
  const stored = async () => ({
    documents: await rows('select sha256 from documents where firm_id = $1'),
    pieces: await rows(
      'select c.part from document_chunks c left join documents d using (firm_id, store_id) where c.firm_id = $1 order by d.upload_id',
    ),
  });

  it('gets its bytes, and its audit says what they are', async () => {
    expect(await announce()).toBe('named');
    expect(await fetched()).toBeNull();
    expect(await stored()).toEqual({ documents: [{ sha256: sha256(THEIRS) }], pieces: [{ part: 0 }] });
    const audited = await rows<{ action: string; detail: object }>(
      `select action, detail from audit_entries where firm_id = $1 and action like 'document.%' order by position`,
    );
    expect(audited).toMatchObject([
      { action: 'document.take' },
      { action: 'document.fetch', detail: { sha256: sha256(THEIRS), size_bytes: THEIRS.length } },
    ]);
  });

  it('that CaseHug sends itself while it is fetched keeps what it was answered, and nothing else is kept', async () => {
    await announce();
    meanwhile = () => take(SENT);
    expect(await fetched()).toBeNull();
    expect(await stored()).toEqual({ documents: [{ sha256: sha256(SENT) }], pieces: [{ part: 0 }] });
    expect((await take(SENT)).sha256).toBe(sha256(SENT));
  });

  it('is named once, and never on another matter', async () => {
    await one.put(firmId, 'mat_2');
    expect([await announce(), await announce()]).toEqual(['named', 'named']);
    expect(await announce('mat_2')).toBe('other_matter');
    await fetched();
    expect(await announce()).toBe('known');
  });
});
