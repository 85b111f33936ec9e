import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { fuzzedDelivery } from './support/fuzzed-delivery';
import { hookOf, type SceneHook } from './support/hook-load';
import { randomNumbers } from './support/random-numbers';
import { aScene } from './support/scene';

const DELIVERIES = 10_000;
const WARM_UP = 3_000;
const LANES = 16;
const GROWTH_MOST_MB = 48;
const WORK_MS = 3_000;

describe('ten thousand fuzzed deliveries', () => {
  const scene = aScene();
  const random = randomNumbers(process.env['KILLS_SEED']);

  it('are refused or kept, never a failure of ours, and nothing in them is believed', async () => {
    const hook = await hookOf(scene);
    const before = await believed();
    await send(hook, WARM_UP);
    const warmMb = residentMb();
    const statuses = await send(hook, DELIVERIES);
    await pause(WORK_MS);
    const afterMb = residentMb();
    const states = await scene.log.ask('select state, count(*)::int as count from events_in group by 1 order by 1');
    console.log(
      `seed ${random.seed}; statuses ${JSON.stringify([...statuses].sort())}; events ${JSON.stringify(states)}; ${warmMb} MB when warm, ${afterMb} MB after`,
    );
    expect([...statuses.keys()].filter((status) => status >= 500 || status === 0)).toEqual([]);
    expect(statuses.get(200)).toBeGreaterThan(DELIVERIES / 4);
    expect(await believed()).toEqual(before);
    expect(afterMb - warmMb).toBeLessThan(GROWTH_MOST_MB);
  }, 240_000);

  async function send(hook: SceneHook, count: number): Promise<Map<number, number>> {
    const statuses = new Map<number, number>();
    const pool = new Pool(new URL(hook.eventNotificationUrl).origin, { connections: LANES });
    let left = count;
    const lane = async () => {
      while (left-- > 0) {
        const { path, headers, body } = fuzzedDelivery(hook, random);
        const answer = await pool.request({ method: 'POST', path, headers, body }).catch(() => null);
        await answer?.body.dump();
        const status = answer?.statusCode ?? 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await pool.destroy();
    return statuses;
  }

  async function believed(): Promise<unknown> {
    return await scene.log.ask(
      `select (select count(*)::int from operations) as operations, (select count(*)::int from events_out) as events,
         (select count(*)::int from matter_links) as links`,
    );
  }

  function residentMb(): number {
    const status = readFileSync(`/proc/${scene.api.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
  }
});
