import type { Program } from '../support/program';
import { aimAt, type Kill } from './support/aimed-kill';
import { AIMS } from './support/aims';
import { Installation } from './support/installation';
import { type Intake, newIntake, sendIntake } from './support/intake';
import { type KillRow, killTable, recoveryOf } from './support/kill-table';
import { OperationLog } from './support/operation-log';
import { SmokeballWatch } from './support/smokeball-watch';
import { embeddedStores } from './support/stores';
import { EXACTLY_ONCE, tallyOf } from './support/tally';
import { untilThrough } from './support/through';

const FINISH_MS = 120_000;
/** A second try that nobody should have made would be visible by then. */
const STRAGGLERS_MS = 4_000;
const EMBEDDED = { EMBEDDED_WORKER: 'on' };

describe('kill -9 while an operation runs', () => {
  let installation: Installation;
  let watch: SmokeballWatch;
  let log: OperationLog;
  let api: Program;
  const intakes: Intake[] = [];
  const kills: Kill[] = [];
  const rows: KillRow[] = [];

  beforeAll(async () => {
    installation = await Installation.open(await embeddedStores());
    watch = new SmokeballWatch(installation.simulator.url);
    log = await OperationLog.open(installation.databaseUrl);
    api = await installation.api(EMBEDDED);
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await log?.close();
    await installation?.stop();
  }, 60_000);

  it('loses nothing and makes nothing twice over twenty kills', async () => {
    const firm = await installation.firm();
    for (const aim of AIMS) {
      const shoot = await aimAt(aim, watch);
      const intake = newIntake();
      intakes.push(intake);
      const sent = sendIntake(firm, intake, [installation.apiUrl]);
      const kill = await shoot(api, log);
      kills.push(kill);
      api = await installation.api(EMBEDDED);
      await sent;
    }
    await untilThrough(log, intakes, FINISH_MS);
    await new Promise((resolve) => setTimeout(resolve, STRAGGLERS_MS));
    for (const kill of kills) rows.push(await recoveryOf(kill, watch, log));
    console.log(killTable(rows));

    expect(kills).toHaveLength(20);
    for (const intake of intakes) expect(await tallyOf(installation, intake)).toEqual(EXACTLY_ONCE);
  }, 420_000);

  it('hit the operation that it aimed at each time, while a process was at work on it', () => {
    expect(rows.map(({ operation }) => operation?.kind)).toEqual(AIMS.map(({ kind }) => kind));
  });

  it.each(['contact', 'matter', 'file slot', 'upload', 'confirmation'])(
    'hit the step "%s" before and after',
    (step) => {
      const moments = kills.filter(({ aim }) => aim.step === step).map(({ aim }) => aim.moment.split(',')[0]);
      expect(moments.filter((moment) => moment === 'before').length).toBeGreaterThanOrEqual(2);
      expect(moments.filter((moment) => moment === 'after').length).toBeGreaterThanOrEqual(2);
    },
  );

  it('ended every operation as succeeded, without a request too many for Smokeball', async () => {
    for (const { matterId } of intakes) {
      const operations = await log.of(matterId);
      expect(operations.map(({ kind, state }) => [kind, state])).toEqual([
        ['contact.push', 'succeeded'],
        ['matter.push', 'succeeded'],
        ['document.push', 'succeeded'],
      ]);
    }
    expect((await watch.calls()).filter(({ status }) => status === 429)).toEqual([]);
  });
});
