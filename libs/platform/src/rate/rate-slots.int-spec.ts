import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { RateLines } from './rate-line';
import { RateSlots } from './rate-slots';

/** Smokeball's five a second, ten times as fast. */
const RATE = 50;
const BURST = 5;
const PERIOD_MS = (BURST / RATE) * 1000;

describe('the rate budget of two processes', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let gate: string;

  beforeAll(async () => {
    one = await startApp({ env: { SMOKEBALL_RATE: String(RATE), SMOKEBALL_BURST: String(BURST) } });
    two = await startApp({ beside: one });
    // PostgreSQL itself writes down when each call was let through.
    await one.database.query(`create table passes (gate text, at timestamptz)`);
    await one.database.query(`
      create function note_pass() returns trigger language plpgsql security definer as $$
        begin insert into public.passes values (new.gate, clock_timestamp()); return new; end $$`);
    await one.database.query(
      `create trigger passes after update of free_at on rate_slots for each row execute function note_pass()`,
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
  const wait = (at: AppUnderTest, firm: string) => at.get(RateLines).wait(gate, 'bulk', firm);

  it('is never more than the burst in any window of its length, and is all used', async () => {
    const calls = Array.from({ length: 40 }, (_, at) => wait(at % 2 === 0 ? one : two, `frm_${at % 3}`));
    await Promise.all(calls);
    const at = await passes();
    expect(at).toHaveLength(40);
    for (let first = 0; first + BURST < at.length; first += 1)
      expect((at[first + BURST] ?? 0) - (at[first] ?? 0)).toBeGreaterThanOrEqual(PERIOD_MS);
    // 40 calls are eight bursts; 20 ms of margin and a slow machine may stretch them, but not idling.
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(8 * (PERIOD_MS + 20) * 3);
  });

  it('begins empty, since nobody knows what was sent before', async () => {
    const created = Date.now();
    expect(await one.get(RateSlots).tryTake(gate)).toBeGreaterThan(PERIOD_MS / 2);
    expect(await two.get(RateSlots).tryTake(gate)).toBeGreaterThan(0);
    await wait(one, 'frm_1');
    expect(Date.now() - created).toBeGreaterThanOrEqual(PERIOD_MS);
  });

  it('survives a restart: a process that comes later finds it used', async () => {
    for (let call = 0; call < BURST; call += 1) await wait(one, 'frm_1');
    const later = await startApp({ beside: one });
    for (let call = 0; call < 2 * BURST; call += 1) await wait(later, 'frm_1');
    await later.close();
    const at = await passes();
    for (let first = 0; first + BURST < at.length; first += 1)
      expect((at[first + BURST] ?? 0) - (at[first] ?? 0)).toBeGreaterThanOrEqual(PERIOD_MS);
  });

  it('rests for all when Smokeball said so', async () => {
    await wait(one, 'frm_1');
    await two.get(RateLines).pause(gate, 400);
    const told = Date.now();
    await wait(one, 'frm_1');
    expect(Date.now() - told).toBeGreaterThanOrEqual(390);
  });

  it('of one application is apart from that of another', async () => {
    await wait(one, 'frm_1');
    const mine = gate;
    gate = `${gate}-other`;
    await one.get(RateLines).pause(mine, 60_000);
    await wait(one, 'frm_1');
    expect((await passes()).length).toBe(1);
  });
});
