import { setTimeout as pause } from 'node:timers/promises';
import { tempFolder } from '../support/temp-folder';
import { waitFor } from '../support/wait-for';
import { newIntake } from './support/intake';
import { aScene } from './support/scene';
import { SettableClock } from './support/settable-clock';
import { embeddedStores } from './support/stores';

const HOUR_S = 3600;
const THROUGH_MS = 240_000;
const STRAGGLERS_MS = 3_000;

describe('the clock of the machine', () => {
  const folder = tempFolder('clock');
  const clock = new SettableClock(folder.dir);
  const scene = aScene({ stores: () => embeddedStores(clock.env), env: clock.env });

  afterAll(() => folder.remove());

  it('moves for Matterline and its database, and for nobody else', async () => {
    await clock.set(2 * HOUR_S);
    const [row] = await scene.log.ask<{ ms: number }>(
      'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
    );
    expect(Math.abs((row?.ms ?? 0) - Date.now() - 2 * HOUR_S * 1000)).toBeLessThan(30_000);
    await waitFor('the date of an answer to move', async () => (await aheadMs()) > HOUR_S * 1000);
    await clock.set(0);
  }, 30_000);

  it('set forward and back again and again, with connections cut, loses nothing and doubles nothing', async () => {
    await scene.watch.switches({ index_lag_ms: { min: 4_000, max: 5_000 } });
    const intakes = Array.from({ length: 8 }, newIntake);
    const sent = scene.send(intakes);
    for (const hours of [2, -2, 30, 0]) {
      for (const route of ['POST /contacts', 'POST /matters', 'POST /matters/{matterId}/documents/files'])
        await scene.watch.fault(route, { reset: 'after' }, 1);
      await clock.set(hours * HOUR_S);
      await pause(2_000);
    }
    await sent;
    await scene.watch.mend();
    await scene.untilThrough(intakes, THROUGH_MS);
    await pause(STRAGGLERS_MS);
    await scene.expectOnce(intakes);
    await scene.watch.switches({ index_lag_ms: { min: 0, max: 2_000 } });
  }, 300_000);

  /** Node writes the same `Date` for up to a second, so the first answer may still carry the hour before. */
  async function aheadMs(): Promise<number> {
    const answer = await fetch(`${scene.installation.apiUrl}/health/live`);
    return Date.parse(answer.headers.get('date') ?? '') - Date.now();
  }
});
