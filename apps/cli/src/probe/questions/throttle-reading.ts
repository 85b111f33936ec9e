/** When a call was sent and how it ended. */
export interface TimedCall {
  readonly atMs: number;
  readonly status: number;
}

export interface BucketReading {
  readonly rate: number;
  readonly burst: number;
  readonly fixedWindow: boolean;
}

/** Between two calls of one window there is no longer gap than this, unless the bucket fills slowly. */
const GAPS = 2.5;
const WINDOW_MS = 1_000;

/** How a bucket fills, from a burst that emptied it and a steady stream after that; undefined when nothing went through. */
export function bucketOf(burst: readonly TimedCall[], stream: readonly TimedCall[]): BucketReading | undefined {
  const passed = stream.filter(({ status }) => status === 200).map(({ atMs }) => atMs);
  const [first, last] = [passed[0], passed.at(-1)];
  if (first === undefined || last === undefined || passed.length < 3) return undefined;
  const clusters = clustersOf(passed);
  const gaps = passed.slice(1).map((atMs, index) => atMs - (passed[index] ?? 0));
  const typical = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const fixedWindow = clusters.length > 1 && clusters.length < passed.length && Math.max(...gaps) > typical * GAPS;
  if (fixedWindow) {
    const perWindow = Math.max(...clusters.map((cluster) => cluster.length));
    return { rate: perWindow, burst: perWindow, fixedWindow };
  }
  const rate = Math.round(((passed.length - 1) / (last - first)) * WINDOW_MS);
  const times = burst.map(({ atMs }) => atMs);
  const tookS = (Math.max(...times) - Math.min(...times)) / WINDOW_MS;
  const through = burst.filter(({ status }) => status === 200).length;
  return { rate, burst: Math.max(1, through - Math.floor(tookS * rate)), fixedWindow };
}

/** Calls that passed shortly after each other. */
function clustersOf(passed: readonly number[]): readonly (readonly number[])[] {
  const clusters: number[][] = [];
  for (const atMs of passed) {
    const cluster = clusters.at(-1);
    const before = cluster?.at(-1);
    if (cluster !== undefined && before !== undefined && atMs - before < WINDOW_MS / 4) cluster.push(atMs);
    else clusters.push([atMs]);
  }
  return clusters;
}
