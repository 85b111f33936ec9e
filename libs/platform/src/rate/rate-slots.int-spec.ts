import { setTimeout as after } from 'node:timers/promises';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { Database } from '../database/database';
import { gateState } from './gate-state';
import { type RateLane, RateGateAway, RateLines, type RatePass } from './rate-line';
import type { RateReturn } from './rate-slots';

/** Smokeball's five a second, ten times as fast. */
const RATE = 50;
const BURST = 5;
const PERIOD_MS = (BURST / RATE) * 1000;

describe('the rate budget of two processes', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let firm: string;
  let gate: string;

  beforeAll(async () => {
    one = await startApp({ env: { SMOKEBALL_RATE: String(RATE), SMOKEBALL_BURST: String(BURST) } });
    two = await startApp({ beside: one });
    firm = (await one.firm()).firmId;
    // PostgreSQL itself writes down when each call was let through.
    await one.database.query(`create table passes (gate text, at timestamptz)`);
    await one.database.query(`
      create function note_pass() returns trigger language plpgsql security definer as $$
        begin if new.ticket is distinct from old.ticket and new.ticket is not null then
          insert into public.passes values (new.gate, clock_timestamp()); end if; return new; end $$`);
    await one.database.query(
      `create trigger passes after update on rate_slots for each row execute function note_pass()`,
    );
    // And whether a better lane was known to wait then.
    await one.database.query(`create table turns (gate text, who text, overtook boolean)`);
    await one.database.query(`
      create function note_turn() returns trigger language plpgsql security definer as $$
        begin
          insert into public.turns select new.gate, new.who, exists (
            select from public.rate_waits w where w.gate = new.gate and w.seen_at > clock_timestamp() - interval '1 second'
              and w.lane < (select max(lane) from public.rate_waits where gate = new.gate));
          return new;
        end $$`);
    await one.database.query(
      `create trigger turns after insert or update on rate_turns for each row execute function note_turn()`,
    );
  });
  beforeEach(() => {
    gate = `us/production/${Math.random()}`;
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const passes = async () =>
    (
      await one.database.query<{ ms: string }>(
        `select extract(epoch from at) * 1000 as ms from passes where gate = $1 order by at`,
        [gate],
      )
    ).map(({ ms }) => Number(ms));
  const wait = (at: AppUnderTest, lane: RateLane, who: string) => at.get(RateLines).wait(gate, lane, who);
  const call = async (
    at: AppUnderTest,
    who = 'frm_1',
    { how = { outcome: 'answered' }, lane = 'bulk' }: { how?: RateReturn; lane?: RateLane } = {},
  ) => {
    const pass = await wait(at, lane, who);
    await pass.release(how);
  };
  const expectKept = (at: readonly number[]) => {
    for (let first = 0; first + BURST < at.length; first += 1)
      expect((at[first + BURST] ?? 0) - (at[first] ?? 0)).toBeGreaterThanOrEqual(PERIOD_MS);
  };

  it('is never more than the burst in any window of its length, and is all used', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, at) => call(at % 2 === 0 ? one : two, `frm_${at % 3}`)));
    const at = await passes();
    expect(at).toHaveLength(40);
    expectKept(at);
    // 40 calls are eight bursts; margins and a slow machine may stretch them, but not idling.
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(8 * (PERIOD_MS + 20) * 3);
  });

  it('begins empty, since nobody knows what was sent before', async () => {
    const begun = performance.now();
    await call(one);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(PERIOD_MS);
  });

  it('goes on after the clock was set back, and stays within the budget', async () => {
    for (let at = 0; at < BURST; at += 1) await call(one);
    // What the gate's moments look like to a clock that is two hours behind the one that wrote them.
    await one.database.query(
      `update rate_slots set free_at = free_at + interval '2 hours', again_at = again_at + interval '2 hours' where gate = $1`,
      [gate],
    );
    await one.database.query(
      `update rate_gates set last_taken_at = last_taken_at + interval '2 hours', limited_at = now() + interval '2 hours' where gate = $1`,
      [gate],
    );
    await one.database.query(`update rate_turns set served_at = served_at + interval '2 hours' where gate = $1`, [
      gate,
    ]);
    for (let at = 0; at < 2 * BURST; at += 1) await call(two);
    const at = await passes();
    expectKept(at);
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(10_000);
  });

  it('that was closed before the clock was set back is asked within moments', async () => {
    for (let at = 0; at < 5; at += 1) await call(one, 'frm_1', { how: { outcome: 'broken' } });
    await one.database.query(
      `update rate_gates set away_since = away_since + interval '2 hours', away_until = away_until + interval '2 hours',
         probed_at = probed_at + interval '2 hours', last_taken_at = last_taken_at + interval '2 hours' where gate = $1`,
      [gate],
    );
    const state = await one.get(Database).forFirm(firm, (scope) => gateState(scope, gate));
    expect(state.awayMs).toBe(0);
    const asked = await wait(one, 'bulk', 'frm_1').catch((error: unknown) => error);
    expect(asked).toBeInstanceOf(RateGateAway);
    await after((asked as RateGateAway).awayMs);
    await call(one);
    expect((await one.get(Database).forFirm(firm, (scope) => gateState(scope, gate))).awaySince).toBeNull();
  });

  it('survives a restart: a process that comes later finds it used', async () => {
    for (let at = 0; at < BURST; at += 1) await call(one);
    const later = await startApp({ beside: one });
    for (let at = 0; at < 2 * BURST; at += 1) await call(later);
    await later.close();
    expectKept(await passes());
  });

  it('never has more calls under way than the burst, however slow they are', async () => {
    const held: RatePass[] = [];
    const calls = Array.from({ length: BURST + 2 }, (_, at) =>
      wait(at % 2 === 0 ? one : two, 'person', 'frm_1').then((pass) => held.push(pass)),
    );
    await after(4 * PERIOD_MS);
    expect(held).toHaveLength(BURST);
    await held[0]?.release({ outcome: 'answered' });
    await held[1]?.release({ outcome: 'answered' });
    await Promise.all(calls);
    expect(held).toHaveLength(BURST + 2);
    for (const pass of held.slice(2)) await pass.release({ outcome: 'answered' });
  });

  it('a slot whose call may have arrived late is free as much later', async () => {
    for (let at = 0; at < BURST; at += 1)
      await call(one, 'frm_1', { lane: 'person', how: { outcome: 'answered', lateMs: 300 } });
    await call(one, 'frm_1', { lane: 'person' });
    const at = await passes();
    expect((at[BURST] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(PERIOD_MS + 300);
  });

  it('a slot for which nothing was sent is free at once', async () => {
    for (let at = 0; at < 3 * BURST; at += 1) await call(one, 'frm_1', { lane: 'person', how: { outcome: 'unsent' } });
    const at = await passes();
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(2 * PERIOD_MS + 1_000);
    expect(at).toHaveLength(3 * BURST);
  });

  it.each<[RateLane, RateLane]>([
    ['call', 'person'],
    ['person', 'bulk'],
  ])('serves the lane %s in one process before %s in another', async (better, worse) => {
    let left = 25;
    const waiting = Array.from({ length: left }, () => call(one, 'frm_1', { lane: worse }).then(() => (left -= 1)));
    await after(1.5 * PERIOD_MS);
    await Promise.all(Array.from({ length: 8 }, () => call(two, 'frm_2', { lane: better })));
    expect(left).toBeGreaterThan(0);
    await Promise.all(waiting);
    const [turns] = await one.database.query<{ all: number; overtook: number }>(
      `select count(*)::int as all, count(*) filter (where overtook and who = md5('frm_1'))::int as overtook from turns where gate = $1`,
      [gate],
    );
    expect(turns).toEqual({ all: 25 + 8, overtook: 0 });
  });

  it('firms take turns over processes', async () => {
    const order: string[] = [];
    const bulk = Array.from({ length: 20 }, () => call(one, 'frm_big').then(() => order.push('big')));
    await after(1.5 * PERIOD_MS);
    const begun = order.length;
    const small = Array.from({ length: 4 }, () => call(two, 'frm_small').then(() => order.push('small')));
    await Promise.all([...bulk, ...small]);
    const until = order.lastIndexOf('small');
    expect(order.slice(begun, until + 1).filter((who) => who === 'big').length).toBeLessThanOrEqual(7);
  });

  it('work that nobody waits for is spread over the period, so that a phone finds a slot', async () => {
    await Promise.all(Array.from({ length: 2 * BURST }, () => call(one)));
    const at = await passes();
    for (let next = 1; next < at.length; next += 1)
      expect((at[next] ?? 0) - (at[next - 1] ?? 0)).toBeGreaterThanOrEqual((0.9 * PERIOD_MS) / BURST);
  });

  it('rests for all when Smokeball said so, and goes on more slowly', async () => {
    await call(one);
    const told = performance.now();
    await call(two, 'frm_1', { how: { outcome: 'limited', pauseMs: 400 } });
    await call(one);
    expect(performance.now() - told).toBeGreaterThanOrEqual(390);
    const { speed } = await one.inFirm(firm, (scope) => gateState(scope, gate));
    expect(speed).toBe(0.8);
  });

  it('closes for all after five broken calls in a row, lets one ask at a time, and opens when it is answered', async () => {
    for (let at = 0; at < 4; at += 1) await call(one, 'frm_1', { lane: 'person', how: { outcome: 'broken' } });
    await call(two, 'frm_1', { lane: 'person' });
    for (let at = 0; at < 5; at += 1) await call(one, 'frm_1', { lane: 'person', how: { outcome: 'broken' } });
    await expect(call(two)).rejects.toThrow(RateGateAway);
    const closed = await one.inFirm(firm, (scope) => gateState(scope, gate));
    expect(closed.awaySince).toBeInstanceOf(Date);
    expect(closed.awayMs).toBeGreaterThan(0);

    await after(2_100);
    const asking = await wait(one, 'bulk', 'frm_1');
    await expect(call(two)).rejects.toThrow(RateGateAway);
    await asking.release({ outcome: 'answered' });
    await call(two);
    expect(await one.inFirm(firm, (scope) => gateState(scope, gate))).toEqual({ awaySince: null, awayMs: 0, speed: 1 });
  });

  it('while closed, a person’s call asks a second after the last, and a failed question keeps it closed longer', async () => {
    for (let at = 0; at < 5; at += 1) await call(one, 'frm_1', { lane: 'person', how: { outcome: 'broken' } });
    await expect(call(one, 'frm_1', { lane: 'person' })).rejects.toThrow(RateGateAway);
    await after(1_050);
    await call(one, 'frm_1', { lane: 'person', how: { outcome: 'broken' } });
    const { awayMs } = await one.inFirm(firm, (scope) => gateState(scope, gate));
    expect(awayMs).toBeGreaterThan(2_500);
    await after(1_050);
    await call(one, 'frm_1', { lane: 'person' });
    await call(two);
  });

  it('of one application is apart from that of another', async () => {
    await call(one, 'frm_1', { how: { outcome: 'limited', pauseMs: 60_000 } });
    gate = `${gate}-other`;
    await call(one);
    expect(await passes()).toHaveLength(1);
  });
});
