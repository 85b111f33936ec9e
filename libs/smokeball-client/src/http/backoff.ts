export const BACKOFF_BASE_MS = 1_000;
export const BACKOFF_CAP_MS = 15 * 60_000;

/**
 * Milliseconds to wait before the next attempt: full jitter, i.e. anywhere from 0 to the doubled base, capped at 15 minutes.
 * @param attempt the attempt that has just failed, from 1
 * @param random a source of numbers in [0, 1)
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const doublings = Math.min(Math.max(Math.trunc(attempt), 1) - 1, 30);
  return Math.floor(random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** doublings));
}
