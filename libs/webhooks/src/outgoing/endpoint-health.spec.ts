import { type EndpointHealth, healthAfter, PAUSE_AFTER_FAILURES, PAUSE_AFTER_MS } from './endpoint-health';
import type { PostResult } from './signed-post';

const T0 = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const TAKEN: PostResult = { status: 200, error: null };
const REFUSED: PostResult = { status: 500, error: 'answered 500' };
const WELL = healthAfter(
  { state: 'active', failures: 1, failingSince: null, pausedSince: null, probes: 0, notBefore: null, lastError: null },
  TAKEN,
  T0,
);
const least = () => 0.999999;

function failing(times: number, everyMs: number, result = REFUSED): EndpointHealth {
  let health = WELL;
  for (let n = 0; n < times; n += 1) health = healthAfter(health, result, T0 + n * everyMs, least);
  return health;
}

describe('healthAfter', () => {
  const mixes: readonly [string, number, number, EndpointHealth['state']][] = [
    ['one failure', 1, MINUTE_MS, 'active'],
    ['nine failures in an hour', PAUSE_AFTER_FAILURES - 1, 7 * MINUTE_MS, 'active'],
    ['a hundred failures within five minutes', 100, (PAUSE_AFTER_MS - 1) / 99, 'active'],
    ['ten failures in five minutes', PAUSE_AFTER_FAILURES, PAUSE_AFTER_MS / (PAUSE_AFTER_FAILURES - 1), 'paused'],
    ['ten failures in a day', PAUSE_AFTER_FAILURES, 160 * MINUTE_MS, 'paused'],
  ];
  it.each(mixes)('%s', (_name, times, everyMs, state) => expect(failing(times, everyMs).state).toBe(state));

  it('begins anew after a success between', () => {
    const almost = failing(PAUSE_AFTER_FAILURES - 1, MINUTE_MS);
    const after = healthAfter(healthAfter(almost, TAKEN, T0), REFUSED, T0 + 60 * MINUTE_MS);
    expect(after).toMatchObject({ state: 'active', failures: 1, failingSince: new Date(T0 + 60 * MINUTE_MS) });
  });

  it('asks a paused one after 1, 2, 4, 8, 15 and again 15 minutes, a little sooner by chance', () => {
    let health = failing(PAUSE_AFTER_FAILURES, MINUTE_MS);
    const waits: number[] = [];
    let nowMs = health.notBefore?.getTime() ?? 0;
    waits.push((nowMs - (T0 + (PAUSE_AFTER_FAILURES - 1) * MINUTE_MS)) / MINUTE_MS);
    for (let n = 0; n < 6; n += 1) {
      health = healthAfter(health, REFUSED, nowMs, () => 0);
      const nextMs = health.notBefore?.getTime() ?? 0;
      waits.push((nextMs - nowMs) / MINUTE_MS);
      nowMs = nextMs;
    }
    expect(waits).toEqual([expect.closeTo(0.8, 3), 2, 4, 8, 15, 15, 15]);
    expect(health.pausedSince).toEqual(new Date(T0 + (PAUSE_AFTER_FAILURES - 1) * MINUTE_MS));
  });

  it('is well after one success, whatever was before', () => {
    expect(healthAfter(failing(30, MINUTE_MS), TAKEN, T0)).toEqual(WELL);
    expect(healthAfter(healthAfter(WELL, { status: 410, error: 'answered 410' }, T0), TAKEN, T0)).toEqual(WELL);
  });

  it('is disabled by 410 at once, and stays so when it then fails otherwise', () => {
    const gone = healthAfter(WELL, { status: 410, error: 'answered 410' }, T0);
    expect(gone).toMatchObject({ state: 'disabled', notBefore: null, lastError: 'answered 410' });
    expect(healthAfter(gone, REFUSED, T0)).toMatchObject({ state: 'disabled' });
    expect(healthAfter(failing(30, MINUTE_MS), { status: 410, error: 'answered 410' }, T0).state).toBe('disabled');
  });

  it('waits as long as it was asked to, also while it is paused', () => {
    const asked: PostResult = { status: 429, error: 'answered 429', retryAfterMs: 20 * MINUTE_MS };
    expect(healthAfter(WELL, asked, T0).notBefore).toEqual(new Date(T0 + 20 * MINUTE_MS));
    const paused = failing(PAUSE_AFTER_FAILURES, MINUTE_MS);
    expect(healthAfter(paused, asked, T0).notBefore).toEqual(new Date(T0 + 20 * MINUTE_MS));
  });
});
