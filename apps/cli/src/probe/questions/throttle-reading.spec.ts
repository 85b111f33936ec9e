import { bucketOf, type TimedCall } from './throttle-reading';

/** A bucket as such, asked at these times. */
function answers(times: readonly number[], passes: (atMs: number) => boolean): TimedCall[] {
  return times.map((atMs) => ({ atMs, status: passes(atMs) ? 200 : 429 }));
}

function continuous(rate: number, burst: number): (atMs: number) => boolean {
  let [tokens, lastMs] = [burst, 0];
  return (atMs) => {
    tokens = Math.min(burst, tokens + ((atMs - lastMs) / 1_000) * rate);
    lastMs = atMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

function windows(perWindow: number): (atMs: number) => boolean {
  const used = new Map<number, number>();
  return (atMs) => {
    const window = Math.floor(atMs / 1_000);
    used.set(window, (used.get(window) ?? 0) + 1);
    return (used.get(window) ?? 0) <= perWindow;
  };
}

const every = (fromMs: number, toMs: number, stepMs: number) =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) }, (_, index) => fromMs + index * stepMs);

describe('reading a bucket', () => {
  it.each([
    ['5 a second, 5 at once', continuous(5, 5), { rate: 5, burst: 5, fixedWindow: false }],
    ['10 a second, 20 at once', continuous(10, 20), { rate: 10, burst: 20, fixedWindow: false }],
    ['one a second', continuous(1, 3), { rate: 1, burst: 3, fixedWindow: false }],
    ['5 in each window', windows(5), { rate: 5, burst: 5, fixedWindow: true }],
    ['3 in each window', windows(3), { rate: 3, burst: 3, fixedWindow: true }],
  ])('%s', (_name, bucket, reading) => {
    const burst = answers(every(300, 330, 1), bucket);
    const stream = answers(every(400, 5_400, 50), bucket);
    expect(bucketOf(burst, stream)).toEqual(reading);
  });

  it('says nothing of a bucket that does not fill', () => {
    expect(
      bucketOf(
        answers([0], () => true),
        answers(every(0, 5_000, 50), () => false),
      ),
    ).toBeUndefined();
  });
});
