import { createHash, randomBytes } from 'node:crypto';
import type { Firm } from '../support/firm';
import type { Program } from '../support/program';
import { waitFor } from '../support/wait-for';
import { Installation } from './support/installation';
import { formOf, type Intake, newIntake, pictureOf } from './support/intake';
import { OperationLog } from './support/operation-log';
import { slowUpload } from './support/slow-upload';
import { embeddedStores } from './support/stores';
import { EXACTLY_ONCE, tallyOf } from './support/tally';
import { untilThrough } from './support/through';

const SIZE_BYTES = 12 * 1024 * 1024;
const EMBEDDED = { EMBEDDED_WORKER: 'on' };

describe('kill -9 while a document is being taken', () => {
  let installation: Installation;
  let log: OperationLog;
  let firm: Firm;
  let api: Program;
  const intake = largeIntake();
  const documents = `/api/v1/matters/${intake.matterId}/documents`;

  beforeAll(async () => {
    installation = await Installation.open(await embeddedStores());
    log = await OperationLog.open(installation.databaseUrl);
    api = await installation.api(EMBEDDED);
    firm = await installation.firm();
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await log?.close();
    await installation?.stop();
  }, 60_000);

  it('shows nothing of a document whose bytes had not all arrived', async () => {
    expect((await firm.api('PUT', `/api/v1/matters/${intake.matterId}`, { json: pictureOf(intake) })).status).toBe(202);
    const upload = slowUpload(`${installation.apiUrl}${documents}`, firm.apiKey, intake);
    await upload.untilSent(SIZE_BYTES / 2);
    await waitFor('the first pieces to be stored', async () => (await pieces()) > 1);
    api.signal('SIGKILL');
    expect(await upload.ended).toBeNull();

    api = await installation.api(EMBEDDED);
    const listed = await firm.api('GET', documents);
    expect(listed.body.data).toEqual([]);
    expect(await log.ask('select 1 from documents')).toEqual([]);
    expect(await log.of(intake.matterId)).toEqual([]);
  }, 60_000);

  it('takes the repeat with the same upload_id, and Smokeball gets it once with the same bytes', async () => {
    const headers = { 'idempotency-key': intake.uploadId };
    for (const _ of ['the repeat', 'the repeat of the repeat']) {
      const taken = await firm.api('POST', documents, { raw: formOf(intake), headers });
      expect([taken.status, taken.body.data?.sha256]).toEqual([202, intake.file.sha256]);
    }
    await untilThrough(log, [intake], 60_000);
    expect(await tallyOf(installation, intake)).toEqual(EXACTLY_ONCE);
  }, 90_000);

  it('keeps no byte of a document that Smokeball has, and of the broken upload none that belongs to a document', async () => {
    const kept = await log.ask<{ count: number }>(
      `select count(*)::int as count from document_chunks c join documents d on d.store_id = c.store_id`,
    );
    expect(kept).toEqual([{ count: 0 }]);
  });

  async function pieces(): Promise<number> {
    return (await log.ask<{ count: number }>('select count(*)::int as count from document_chunks'))[0]?.count ?? 0;
  }
});

function largeIntake(): Intake {
  const bytes = randomBytes(SIZE_BYTES);
  const file = { name: 'large.pdf', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  return { ...newIntake(), file };
}
