import { tempFolder } from '../support/temp-folder';
import { type Intake, newIntake, pictureOf } from './support/intake';
import { aScene } from './support/scene';
import { SettableClock } from './support/settable-clock';
import { embeddedStores } from './support/stores';

const HOUR_S = 3600;
const HOURS = 24;
const EDIT_EVERY_HOURS = 8;
/** The clock on the wall of a shared machine: what it took is printed. */
const THROUGH_MS = 400_000;

describe('Smokeball away for a day', () => {
  const folder = tempFolder('day');
  const clock = new SettableClock(folder.dir);
  const scene = aScene({ stores: () => embeddedStores(clock.env), env: clock.env });
  const intakes = Array.from({ length: 6 }, newIntake);
  let waiting: number;

  afterAll(() => folder.remove());

  it('loses nothing of it: what CaseHug says meanwhile waits', async () => {
    const before = await scene.watch.newest();
    await scene.watch.fault('*', { status: 503 });
    await scene.send(intakes);
    for (let hour = 1; hour <= HOURS; hour += 1) {
      await clock.set(hour * HOUR_S);
      if (hour % EDIT_EVERY_HOURS === 0) for (const intake of intakes) await edit(intake, hour);
    }
    const states = await scene.log.statesOf(intakes);
    // One of them may be asking right now whether Smokeball is back.
    expect(states.filter(([state]) => state !== 'pending' && state !== 'running')).toEqual([]);
    waiting = states.length;
    console.log(`${waiting} operations wait; ${(await scene.watch.calls(before)).length} calls asked meanwhile`);
  }, 180_000);

  it('drains by itself when it is back, in order per matter', async () => {
    await scene.watch.mend();
    const mendedMs = Date.now();
    await scene.untilThrough(intakes, THROUGH_MS);
    console.log(`${waiting} operations drained in ${Math.round((Date.now() - mendedMs) / 1000)} s`);
    await scene.expectOnce(intakes);
    const { matters } = await scene.installation.simulator.firm();
    for (const { matterId } of intakes) {
      const [matter] = matters.filter(({ externalSystemId }) => externalSystemId === matterId);
      expect(matter.description).toContain(`As of hour ${HOURS}.`);
    }
    expect(await outOfOrder()).toEqual([]);
  }, 460_000);

  async function edit(intake: Intake, hour: number): Promise<void> {
    const json = { ...pictureOf(intake), description: `As of hour ${hour}.` };
    expect((await scene.firm.api('PUT', `/api/v1/matters/${intake.matterId}?sync=true`, { json })).status).toBe(202);
  }

  /** Operations that were over before an earlier one of their matter was. */
  async function outOfOrder(): Promise<unknown[]> {
    return await scene.log.ask(
      `select later.id from operations later join operations earlier
         on earlier.matter_id = later.matter_id and earlier.position < later.position
        where later.matter_id = any ($1) and later.finished_at < earlier.finished_at`,
      [intakes.map(({ matterId }) => matterId)],
    );
  }
});
