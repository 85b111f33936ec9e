import { fateOf, KEEP_TRYING_MS, type Tried } from './delivery-fate';

const FAILED: Tried = {
  result: { status: 500, error: 'answered 500' },
  attempt: 1,
  triedMs: 0,
  isEndpointGone: false,
  isEndpointDisabled: false,
};
const most = () => 0.999999;
const HOUR_MS = 3600_000;

describe('fateOf', () => {
  const fates: readonly [string, Partial<Tried>, string][] = [
    ['taken', { result: { status: 204, error: null } }, 'delivered'],
    [
      'taken, though its address was removed meanwhile',
      { result: { status: 200, error: null }, isEndpointGone: true },
      'delivered',
    ],
    ['failed', {}, 'pending'],
    ['failed for just a day', { triedMs: KEEP_TRYING_MS }, 'pending'],
    ['failed for more than a day', { triedMs: KEEP_TRYING_MS + 1 }, 'held'],
    ['failed at an address that is disabled', { isEndpointDisabled: true }, 'held'],
    ['failed at an address that was removed', { isEndpointGone: true }, 'cancelled'],
  ];
  it.each(fates)('%s', (_name, change, state) => {
    const fate = fateOf({ ...FAILED, ...change });
    expect(fate.state).toBe(state);
    expect(fate.waitMs === null).toBe(state !== 'pending');
  });

  it.each([
    [1, 2_500, 6_499],
    [2, 2_500, 10_499],
    [5, 2_500, 66_499],
    [30, 2_500, 902_499],
  ])('attempt %i waits from %i to %i ms', (attempt, least, longest) => {
    expect(fateOf({ ...FAILED, attempt }, () => 0).waitMs).toBe(least);
    expect(fateOf({ ...FAILED, attempt }, most).waitMs).toBe(longest);
  });

  it('comes no sooner than the receiver asked', () => {
    const result = { status: 503, error: 'answered 503', retryAfterMs: HOUR_MS };
    expect(fateOf({ ...FAILED, result }, most).waitMs).toBe(HOUR_MS);
    expect(fateOf({ ...FAILED, result: { ...result, retryAfterMs: 1 } }, most).waitMs).toBe(6_499);
  });
});
