import { newIntake, formOf, pictureOf } from '../kills/support/intake';
import type { SeenCall } from '../kills/support/smokeball-watch';
import { untilThrough } from '../kills/support/through';
import { samplePdf } from '../support/sample-pdf';
import { Fleet } from './support/fleet';

const ROUNDS = 8;
const THROUGH_MS = 120_000;

describe('one matter, pushed at by everybody at once, with two workers', () => {
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await Fleet.start();
  }, 60_000);

  afterAll(async () => {
    await fleet?.stop();
  }, 60_000);

  it('has one writer at a time, keeps the order, and ends as the last edit says', async () => {
    const intake = newIntake();
    const path = `/api/v1/matters/${intake.matterId}`;
    const files = [intake.file];
    for (let round = 1; round <= ROUNDS; round += 1) {
      // The first rounds meet a matter that is still to be made, the later ones a linked one.
      if (round === 3) await untilThrough(fleet.log, [intake], THROUGH_MS);
      const json = { ...pictureOf(intake), description: `Edit ${round}.` };
      expect((await fleet.firm.api('PUT', `${path}?sync=true`, { json })).status).toBe(202);
      const file = samplePdf(`${intake.matterId}-${round}.pdf`);
      files.push(file);
      const document = { ...intake, uploadId: `${intake.uploadId}_${round}`, file };
      const [first, again] = await Promise.all(
        [1, 2].map(() => fleet.firm.api('POST', `${path}/documents`, { raw: formOf(document) })),
      );
      expect([first?.status, again?.status].filter((status) => status === 202)).not.toEqual([]);
    }
    await untilThrough(fleet.log, [intake], THROUGH_MS);

    const smokeball = await fleet.installation.simulator.firm();
    const contacts = smokeball.contacts.filter(({ externalSystemId }) => externalSystemId === intake.clientId);
    const matters = smokeball.matters.filter(({ externalSystemId }) => externalSystemId === intake.matterId);
    expect([contacts.length, matters.length]).toEqual([1, 1]);
    expect(matters[0]?.description).toContain(`Edit ${ROUNDS}.`);
    const own = smokeball.files.filter(({ matterId }) => matterId === matters[0]?.id);
    expect(own.map(({ versions }) => versions.map(({ sha256 }: { sha256: string }) => sha256)).sort()).toEqual(
      files
        .slice(1)
        .map(({ sha256 }) => [sha256])
        .sort(),
    );

    const operations = await fleet.log.of(intake.matterId);
    expect(new Set(operations.map(({ state }) => state))).toEqual(new Set(['succeeded']));
    const late = await fleet.log.ask(
      `select later.id from operations later join operations earlier
         on earlier.matter_id = later.matter_id and earlier.subject = later.subject and earlier.position < later.position
        where later.matter_id = $1 and later.finished_at < earlier.finished_at`,
      [intake.matterId],
    );
    expect(late).toEqual([]);
    const writes = (await fleet.watch.calls()).filter(
      ({ request_id: id, method }) => method !== 'GET' && operations.some((operation) => operation.id === id),
    );
    expect(writes.length).toBeGreaterThanOrEqual(operations.length);
    expect(overlapping(writes)).toEqual([]);
    console.log(`${operations.length} operations, ${writes.length} writes, none at the same time as another`);
  }, 180_000);
});

/** Pairs of calls of which one began before the other was over. */
function overlapping(calls: readonly SeenCall[]): unknown[] {
  const spans = calls
    .map(({ at, duration_ms: durationMs, method, path }) => ({
      from: Date.parse(at) - durationMs,
      to: Date.parse(at),
      what: `${method} ${path}`,
    }))
    .sort((one, other) => one.from - other.from);
  return spans.flatMap((span, at) => {
    const next = spans[at + 1];
    return next && next.from < span.to - 1 ? [[span, next]] : [];
  });
}
