import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 100;
const LIMIT_MS = 30_000;

/**
 * Looks again and again until `look` gives something (neither undefined, null nor false) or the deadline has passed. A look that
 * throws counts as nothing yet; what it threw last is told when time is up.
 * @throws Error naming `what` was waited for
 */
export async function waitFor<T>(
  what: string,
  look: () => T | Promise<T>,
  { limitMs = LIMIT_MS, everyMs = EVERY_MS }: { limitMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const until = Date.now() + limitMs;
  let last: unknown = 'nothing was seen';
  while (Date.now() < until) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false)
        return found as Exclude<T, undefined | null | false>;
    } catch (error) {
      last = error;
    }
    await pause(everyMs);
  }
  const why = last instanceof Error ? last.message : String(last);
  throw new Error(`${what}: not within ${limitMs / 1000} s (${why})`);
}
