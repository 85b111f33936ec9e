import { createHash, randomBytes } from 'node:crypto';
import { waitFor } from '../support/wait-for';
import { formOf, type Intake, newIntake, pictureOf } from './support/intake';
import { aScene } from './support/scene';
import { slowUpload } from './support/slow-upload';
import { EXACTLY_ONCE, tallyOf } from './support/tally';

const SIZE_BYTES = 12 * 1024 * 1024;

describe('kill -9 while a document is being taken', () => {
  const scene = aScene();
  const intake = largeIntake();
  const documents = `/api/v1/matters/${intake.matterId}/documents`;

  it('shows nothing of a document whose bytes had not all arrived', async () => {
    expect(
      (await scene.firm.api('PUT', `/api/v1/matters/${intake.matterId}`, { json: pictureOf(intake) })).status,
    ).toBe(202);
    const upload = slowUpload(`${scene.installation.apiUrl}${documents}`, scene.firm.apiKey, intake);
    await upload.untilSent(SIZE_BYTES / 2);
    await waitFor('the first pieces to be stored', async () => (await pieces()) > 1);
    scene.api.signal('SIGKILL');
    expect(await upload.ended).toBeNull();

    await scene.start();
    const listed = await scene.firm.api('GET', documents);
    expect(listed.body.data).toEqual([]);
    expect(await scene.log.ask('select 1 from documents')).toEqual([]);
    expect(await scene.log.of(intake.matterId)).toEqual([]);
  }, 60_000);

  it('takes the repeat with the same upload_id, and Smokeball gets it once with the same bytes', async () => {
    const headers = { 'idempotency-key': intake.uploadId };
    for (const _ of ['the repeat', 'the repeat of the repeat']) {
      const taken = await scene.firm.api('POST', documents, { raw: formOf(intake), headers });
      expect([taken.status, taken.body.data?.sha256]).toEqual([202, intake.file.sha256]);
    }
    await scene.untilThrough([intake], 60_000);
    expect(await tallyOf(scene.installation, intake)).toEqual(EXACTLY_ONCE);
  }, 90_000);

  it('keeps no byte of a document that Smokeball has, and of the broken upload none that belongs to a document', async () => {
    const kept = await scene.log.ask<{ count: number }>(
      `select count(*)::int as count from document_chunks c join documents d on d.store_id = c.store_id`,
    );
    expect(kept).toEqual([{ count: 0 }]);
  });

  async function pieces(): Promise<number> {
    return (
      (await scene.log.ask<{ count: number }>('select count(*)::int as count from document_chunks'))[0]?.count ?? 0
    );
  }
});

function largeIntake(): Intake {
  const bytes = randomBytes(SIZE_BYTES);
  const file = { name: 'large.pdf', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  return { ...newIntake(), file };
}
