import { BACKOFF_CAP_MS, backoffMs } from './backoff';

describe('backoffMs', () => {
  const highest = (): number => 0.999999;

  it.each([
    [1, 999],
    [2, 1_999],
    [5, 15_999],
    [10, 511_999],
    [11, BACKOFF_CAP_MS - 1],
    [1_000, BACKOFF_CAP_MS - 1],
    [0, 999],
    [-3, 999],
  ])('attempt %i waits at most %i ms', (attempt, ceilingMs) => {
    expect(backoffMs(attempt, highest)).toBe(ceilingMs);
    expect(backoffMs(attempt, () => 0)).toBe(0);
  });

  it('uses the whole range', () => {
    expect(backoffMs(3, () => 0.5)).toBe(2_000);
  });
});
