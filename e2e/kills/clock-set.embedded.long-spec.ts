import { setTimeout as pause } from 'node:timers/promises';
import type { Firm } from '../support/firm';
import type { Program } from '../support/program';
import { tempFolder } from '../support/temp-folder';
import { waitFor } from '../support/wait-for';
import { Installation } from './support/installation';
import { type Intake, newIntake, sendIntake } from './support/intake';
import { OperationLog } from './support/operation-log';
import { SettableClock } from './support/settable-clock';
import { SmokeballWatch } from './support/smokeball-watch';
import { embeddedStores } from './support/stores';
import { EXACTLY_ONCE, tallyOf } from './support/tally';
import { untilThrough } from './support/through';

const HOUR_S = 3600;
const THROUGH_MS = 240_000;
const STRAGGLERS_MS = 3_000;

describe('the clock of the machine', () => {
  const folder = tempFolder('clock');
  const clock = new SettableClock(folder.dir);
  let installation: Installation;
  let watch: SmokeballWatch;
  let log: OperationLog;
  let firm: Firm;
  let api: Program;

  beforeAll(async () => {
    installation = await Installation.open(await embeddedStores(clock.env));
    watch = new SmokeballWatch(installation.simulator.url);
    log = await OperationLog.open(installation.databaseUrl);
    api = await installation.api({ EMBEDDED_WORKER: 'on', ...clock.env });
    firm = await installation.firm();
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await log?.close();
    await installation?.stop();
    folder.remove();
  }, 60_000);

  it('moves for Matterline and its database, and for nobody else', async () => {
    await clock.set(2 * HOUR_S);
    const [row] = await log.ask<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms');
    expect(Math.abs((row?.ms ?? 0) - Date.now() - 2 * HOUR_S * 1000)).toBeLessThan(30_000);
    await waitFor('the date of an answer to move', async () => (await aheadMs()) > HOUR_S * 1000);
    await clock.set(0);
  }, 30_000);

  it('set forward and back again and again, with connections cut, loses nothing and doubles nothing', async () => {
    await watch.switches({ index_lag_ms: { min: 4_000, max: 5_000 } });
    const intakes = Array.from({ length: 8 }, newIntake);
    const sent = Promise.all(intakes.map((intake) => sendIntake(firm, intake, [installation.apiUrl])));
    for (const hours of [2, -2, 30, 0]) {
      for (const route of ['POST /contacts', 'POST /matters', 'POST /matters/{matterId}/documents/files'])
        await watch.fault(route, { reset: 'after' }, 1);
      await clock.set(hours * HOUR_S);
      await pause(2_000);
    }
    await sent;
    await watch.mend();
    await untilThrough(log, intakes, THROUGH_MS);
    await pause(STRAGGLERS_MS);
    await expectOnce(intakes);
    await watch.switches({ index_lag_ms: { min: 0, max: 2_000 } });
  }, 300_000);

  /** Node writes the same `Date` for up to a second, so the first answer may still carry the hour before. */
  async function aheadMs(): Promise<number> {
    const answer = await fetch(`${installation.apiUrl}/health/live`);
    return Date.parse(answer.headers.get('date') ?? '') - Date.now();
  }

  async function expectOnce(intakes: readonly Intake[]): Promise<void> {
    for (const intake of intakes) expect(await tallyOf(installation, intake)).toEqual(EXACTLY_ONCE);
    expect((await log.statesOf(intakes)).filter(([state]) => state !== 'succeeded')).toEqual([]);
  }
});
