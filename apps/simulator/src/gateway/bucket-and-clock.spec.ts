import { SimulatorUnderTest } from '../testing/simulator-under-test';

const HOUR_S = 3_600;
const HOUR_MS = HOUR_S * 1000;
const BURST = 3;

describe('the bucket while the clock is moved', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(() => sim.begin({ access_token_s: 1000 * HOUR_S }));

  /** How many of so many calls pass, with the clock moved by an hour before each. */
  const passing = async (calls: number): Promise<number> => {
    let passed = 0;
    for (let i = 0; i < calls; i += 1) {
      await sim.advance(HOUR_MS);
      const { status } = await sim.api('GET', '/firm');
      expect([200, 429]).toContain(status);
      if (status === 200) passed += 1;
    }
    return passed;
  };

  it('is moved by as much as was asked for, to the millisecond', async () => {
    const offset = async () => Number((await sim.control('GET', '/clock')).body['offset_ms']);
    const before = await offset();
    for (let move = 0; move < 200; move += 1) await sim.advance(1000);
    expect(await offset()).toBe(before + 200_000);
  });

  it('9.11 refills by a monotonic clock: hours that were skipped give no tokens', async () => {
    await sim.switches({ bucket: { enabled: true, rate: 0.001, burst: BURST, fixed_window: false } });
    expect(await passing(12)).toBe(BURST);
  });

  it('9.11 a fixed window is a second that passed, not one that was skipped', async () => {
    await sim.switches({ bucket: { enabled: true, burst: BURST, fixed_window: true } });
    const startedMs = performance.now();
    const passed = await passing(60);
    const windows = Math.floor((performance.now() - startedMs) / 1000) + 2;
    expect(passed).toBeGreaterThanOrEqual(BURST);
    expect(passed).toBeLessThanOrEqual(windows * BURST);
  });

  it('9.11 a clock that stands still gives tokens only when it is moved, in both forms', async () => {
    const bucket = { enabled: true, rate: 5, burst: BURST, fixed_window: false };
    for (const fixed_window of [false, true]) {
      await sim.switches({ frozen_at: '2027-01-04T09:00:00Z', bucket: { ...bucket, fixed_window } });
      await sim.connect('us', 'tom.jones@harborpine.example');
      const statuses = async (count: number): Promise<number[]> => {
        const seen: number[] = [];
        for (let i = 0; i < count; i += 1) seen.push((await sim.api('GET', '/firm')).status);
        return seen;
      };
      expect(await statuses(4)).toEqual([200, 200, 200, 429]);
      await sim.advance(1000);
      expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    }
  });
});
