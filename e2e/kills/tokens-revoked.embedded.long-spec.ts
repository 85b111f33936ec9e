import { setTimeout as pause } from 'node:timers/promises';
import type { Firm } from '../support/firm';
import { mustCall } from '../support/http';
import type { Program } from '../support/program';
import { waitFor } from '../support/wait-for';
import { Installation } from './support/installation';
import { type Intake, newIntake, sendIntake } from './support/intake';
import { OperationLog } from './support/operation-log';
import { SmokeballWatch } from './support/smokeball-watch';
import { embeddedStores } from './support/stores';
import { EXACTLY_ONCE, tallyOf } from './support/tally';
import { untilThrough } from './support/through';

const THROUGH_MS = 120_000;

describe('tokens that end in the middle of the work', () => {
  let installation: Installation;
  let watch: SmokeballWatch;
  let log: OperationLog;
  let firm: Firm;
  let api: Program;

  beforeAll(async () => {
    installation = await Installation.open(await embeddedStores());
    watch = new SmokeballWatch(installation.simulator.url);
    log = await OperationLog.open(installation.databaseUrl);
    api = await installation.api({ EMBEDDED_WORKER: 'on' });
    firm = await installation.firm();
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await log?.close();
    await installation?.stop();
  }, 60_000);

  it('access tokens again and again: renewed once each time, and nobody notices', async () => {
    const intakes = Array.from({ length: 8 }, newIntake);
    const since = await watch.newest();
    const sent = send(intakes);
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      await pause(1_500);
      await end('expire-tokens');
    }
    await sent;
    await untilThrough(log, intakes, THROUGH_MS);
    await expectOnce(intakes);
    const calls = await watch.calls(since);
    const renewals = calls.filter(({ path }) => path.endsWith('/oauth2/token')).length;
    const refused = calls.filter(({ status }) => status === 401).length;
    console.log(`${rounds} ends of access tokens: ${refused} calls refused with 401, ${renewals} renewals`);
    expect(renewals).toBeGreaterThan(0);
    expect(renewals).toBeLessThanOrEqual(rounds);
  }, 240_000);

  it('the consent itself: all is held, nothing is tried in vain, and reconnecting brings it to its end', async () => {
    const intakes = Array.from({ length: 8 }, newIntake);
    const sent = send(intakes);
    await waitFor('the first to be through', async () =>
      (await log.statesOf(intakes)).some(([state]) => state === 'succeeded'),
    );
    await end('revoke');
    await sent;
    await waitFor('all that is left to be held', async () => (await open(intakes)) === 0, { limitMs: THROUGH_MS });
    const states = await log.statesOf(intakes);
    expect(new Set(states.map(([state]) => state))).toEqual(new Set(['succeeded', 'held']));
    expect(new Set(states.filter(([state]) => state === 'held').map(([, code]) => code))).toEqual(
      new Set(['needs_reauth']),
    );
    const since = await watch.newest();
    await pause(3_000);
    expect(await watch.calls(since)).toEqual([]);

    await firm.connect();
    await untilThrough(log, intakes, THROUGH_MS);
    await expectOnce(intakes);
  }, 360_000);

  const send = (intakes: readonly Intake[]) =>
    Promise.all(intakes.map((intake) => sendIntake(firm, intake, [installation.apiUrl])));
  const end = (what: 'expire-tokens' | 'revoke') =>
    mustCall('POST', `${installation.simulator.url}/_sim/us/${what}`, { json: {} });

  async function expectOnce(intakes: readonly Intake[]): Promise<void> {
    for (const intake of intakes) expect(await tallyOf(installation, intake)).toEqual(EXACTLY_ONCE);
    expect((await log.statesOf(intakes)).filter(([state]) => state !== 'succeeded')).toEqual([]);
  }

  async function open(intakes: readonly Intake[]): Promise<number> {
    const states = await log.statesOf(intakes);
    return states.filter(([state]) => ['pending', 'running', 'accepted'].includes(state)).length;
  }
});
