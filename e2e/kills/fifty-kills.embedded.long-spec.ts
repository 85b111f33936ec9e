import { setTimeout as pause } from 'node:timers/promises';
import type { Firm } from '../support/firm';
import type { Program } from '../support/program';
import { waitFor } from '../support/wait-for';
import { Installation } from './support/installation';
import { type Intake, newIntake, sendIntake } from './support/intake';
import { OperationLog } from './support/operation-log';
import { randomNumbers } from './support/random-numbers';
import { SmokeballWatch } from './support/smokeball-watch';
import { embeddedStores } from './support/stores';
import { EXACTLY_ONCE, tallyOf } from './support/tally';
import { untilThrough } from './support/through';

const KILLS = 50;
const INTAKES = 40;
/** From when it is at work. */
const LIVES_AT_MOST_MS = 1_500;
const IDLE_AT_MOST_MS = 5_000;
const THROUGH_MS = 240_000;
const STRAGGLERS_MS = 4_000;
const EMBEDDED = { EMBEDDED_WORKER: 'on' };

describe('kill -9 at fifty random moments while forty intakes go through', () => {
  const random = randomNumbers(process.env['KILLS_SEED']);
  const intakes = Array.from({ length: INTAKES }, newIntake);
  let installation: Installation;
  let watch: SmokeballWatch;
  let log: OperationLog;
  let api: Program;
  let firm: Firm;

  beforeAll(async () => {
    installation = await Installation.open(await embeddedStores());
    watch = new SmokeballWatch(installation.simulator.url);
    log = await OperationLog.open(installation.databaseUrl);
    api = await installation.api(EMBEDDED);
    firm = await installation.firm();
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await log?.close();
    await installation?.stop();
  }, 60_000);

  it('leaves one contact, matter, file and version of each, with the right bytes', async () => {
    const atWork = new Map<string, number>();
    const waiting = [...intakes];
    const underWay: Promise<void>[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      // They keep coming until the last kill, so that there is always something to hit.
      while (waiting.length > 0 && (INTAKES - waiting.length) * KILLS <= kill * INTAKES)
        for (const intake of waiting.splice(0, 1)) underWay.push(sent(intake));
      await waitFor('work', async () => (await log.held()).length > 0, { limitMs: IDLE_AT_MOST_MS, everyMs: 20 }).catch(
        () => false,
      );
      await pause(random() * LIVES_AT_MOST_MS);
      api.signal('SIGKILL');
      await api.untilEnded(5_000);
      const held = await log.held();
      const hit = held.length === 0 ? ['nothing'] : held.map(({ kind, state }) => `${kind} ${state}`);
      for (const what of new Set(hit)) atWork.set(what, (atWork.get(what) ?? 0) + 1);
      api = await installation.api(EMBEDDED);
    }
    await Promise.all([...underWay, ...waiting.map(sent)]);
    await untilThrough(log, intakes, THROUGH_MS);
    await pause(STRAGGLERS_MS);

    const calls = await watch.calls();
    const refused = calls.filter(({ status }) => status === 429).length;
    const table = [...atWork]
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `${count} of ${KILLS} kills hit ${what}`);
    console.log([`seed ${random.seed}; ${calls.length} calls, ${refused} refused with 429`, ...table].join('\n'));
    const tallies = await Promise.all(intakes.map((intake) => tallyOf(installation, intake)));
    expect(tallies).toEqual(intakes.map(() => EXACTLY_ONCE));
    const hits = KILLS - (atWork.get('nothing') ?? 0);
    expect(hits).toBeGreaterThan(KILLS / 2);
  }, 900_000);

  it('ended every operation as succeeded', async () => {
    const states = await log.ask('select kind, state, count(*)::int as count from operations group by 1, 2 order by 1');
    const expected = ['contact.push', 'document.push', 'matter.push'];
    expect(states).toEqual(expected.map((kind) => ({ kind, state: 'succeeded', count: INTAKES })));
  });

  const sent = (intake: Intake) => sendIntake(firm, intake, [installation.apiUrl], THROUGH_MS);
});
