import { setTimeout as pause } from 'node:timers/promises';
import { mustCall } from '../support/http';
import { waitFor } from '../support/wait-for';
import { type Intake, newIntake } from './support/intake';
import { aScene } from './support/scene';

const THROUGH_MS = 120_000;

describe('tokens that end in the middle of the work', () => {
  const scene = aScene();

  it('access tokens again and again: renewed once each time, and nobody notices', async () => {
    const intakes = Array.from({ length: 8 }, newIntake);
    const since = await scene.watch.newest();
    const sent = scene.send(intakes);
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      await pause(1_500);
      await end('expire-tokens');
    }
    await sent;
    await scene.untilThrough(intakes, THROUGH_MS);
    await scene.expectOnce(intakes);
    const calls = await scene.watch.calls(since);
    const renewals = calls.filter(({ path }) => path.endsWith('/oauth2/token')).length;
    const refused = calls.filter(({ status }) => status === 401).length;
    console.log(`${rounds} ends of access tokens: ${refused} calls refused with 401, ${renewals} renewals`);
    expect(renewals).toBeGreaterThan(0);
    expect(renewals).toBeLessThanOrEqual(rounds);
  }, 240_000);

  it('the consent itself: all is held, nothing is tried in vain, and reconnecting brings it to its end', async () => {
    const intakes = Array.from({ length: 8 }, newIntake);
    const sent = scene.send(intakes);
    await waitFor('the first to be through', async () =>
      (await scene.log.statesOf(intakes)).some(([state]) => state === 'succeeded'),
    );
    await end('revoke');
    await sent;
    await waitFor('all that is left to be held', async () => (await open(intakes)) === 0, { limitMs: THROUGH_MS });
    const states = await scene.log.statesOf(intakes);
    expect(new Set(states.map(([state]) => state))).toEqual(new Set(['succeeded', 'held']));
    expect(new Set(states.filter(([state]) => state === 'held').map(([, code]) => code))).toEqual(
      new Set(['needs_reauth']),
    );
    const since = await scene.watch.newest();
    await pause(3_000);
    expect(await scene.watch.calls(since)).toEqual([]);

    await scene.firm.connect();
    await scene.untilThrough(intakes, THROUGH_MS);
    await scene.expectOnce(intakes);
  }, 360_000);

  const end = (what: 'expire-tokens' | 'revoke') =>
    mustCall('POST', `${scene.installation.simulator.url}/_sim/us/${what}`, { json: {} });

  async function open(intakes: readonly Intake[]): Promise<number> {
    const states = await scene.log.statesOf(intakes);
    return states.filter(([state]) => ['pending', 'running', 'accepted'].includes(state)).length;
  }
});
