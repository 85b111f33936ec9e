import type { RateGate } from '@matterline/smokeball-client';
import { pause } from '../pause';

/** Others use the same application: a fifth of what it may do is left to them. */
const OUR_SHARE = 0.8;
const PAUSE_AFTER_429_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** One call at a time and never in a burst. `house` is the gate that running servers share, where there is one. */
export function politeGate(perSecond: number, house?: RateGate): RateGate {
  const spacingMs = 1_000 / (perSecond * OUR_SHARE);
  let nextMs = 0;
  return {
    acquire: async (context) => {
      const nowMs = performance.now();
      const turnMs = Math.max(nowMs, nextMs);
      nextMs = turnMs + spacingMs;
      if (turnMs > nowMs) await pause(turnMs - nowMs, context.signal ?? new AbortController().signal);
      const slot = await house?.acquire(context);
      return {
        release: async (outcome) => {
          await slot?.release(outcome);
          if (outcome.status !== 429) return;
          const waitMs = Math.min(outcome.retryAfterMs ?? PAUSE_AFTER_429_MS, LONGEST_PAUSE_MS);
          nextMs = Math.max(nextMs, performance.now() + waitMs);
        },
      };
    },
  };
}
