import type { BucketSwitch } from '../control/switches';

interface Level {
  tokens: number;
  atMs: number;
  window: number;
  used: number;
}

/**
 * The rate limit of the API. Refills continuously on a monotonic clock, so moving the simulator's clock gives no
 * tokens; with `fixed_window` it is `burst` requests in each whole second instead.
 */
export class TokenBucket {
  private readonly levels = new Map<string, Level>();

  /** `elapsedMs` is a monotonic time. */
  constructor(private readonly elapsedMs: () => number = () => performance.now()) {}

  take(key: string, settings: BucketSwitch): boolean {
    if (!settings.enabled) return true;
    const nowMs = this.elapsedMs();
    const level = this.levels.get(key) ?? { tokens: settings.burst, atMs: nowMs, window: -1, used: 0 };
    this.levels.set(key, level);
    return settings.fixed_window ? takeFromWindow(level, nowMs, settings) : takeFromBucket(level, nowMs, settings);
  }

  reset(): void {
    this.levels.clear();
  }
}

function takeFromBucket(level: Level, nowMs: number, settings: BucketSwitch): boolean {
  level.tokens = Math.min(settings.burst, level.tokens + ((nowMs - level.atMs) / 1000) * settings.rate);
  level.atMs = nowMs;
  if (level.tokens < 1) return false;
  level.tokens -= 1;
  return true;
}

function takeFromWindow(level: Level, nowMs: number, settings: BucketSwitch): boolean {
  const window = Math.floor(nowMs / 1000);
  if (window !== level.window) level.used = 0;
  level.window = window;
  if (level.used >= settings.burst) return false;
  level.used += 1;
  return true;
}
