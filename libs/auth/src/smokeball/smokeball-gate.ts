import { GateClosed, type RateGate, type RateSlot, type RateSlotUse } from '@matterline/smokeball-client';
import { RateGateAway, type RateLines, type RateOutcome, type RatePass } from '@matterline/platform';

const PAUSE_AFTER_429_MS = 1_000;
const PAUSE_MAX_MS = 60_000;
/** An answer this much slower than the fastest may have been counted this much later. */
const COUNTED_LATE_MAX_MS = 40;

/** Smokeball's rate budget belongs to the application in a region, so all firms that use it share one gate. */
export function smokeballGate(lines: RateLines, gate: string): RateGate {
  return {
    acquire: async ({ lane, firmId, signal }): Promise<RateSlot> => {
      try {
        const pass = await lines.wait(gate, lane, firmId, signal);
        return { release: (use) => release(gate, pass, use) };
      } catch (error) {
        throw error instanceof RateGateAway ? new GateClosed(error.awayMs) : error;
      }
    },
  };
}

async function release(gate: string, pass: RatePass, use: RateSlotUse): Promise<void> {
  await pass.release({
    outcome: outcomeOf(use),
    lateMs: lateMs(gate, pass, use),
    pauseMs: Math.min(use.retryAfterMs ?? PAUSE_AFTER_429_MS, PAUSE_MAX_MS),
  });
}

function outcomeOf({ sentAtMs, status }: RateSlotUse): RateOutcome {
  if (sentAtMs === undefined) return 'unsent';
  if (status === 429) return 'limited';
  return status === undefined || status >= 500 ? 'broken' : 'answered';
}

const fastestMs = new Map<string, number>();

/** How long after the slot was given Smokeball may have counted the call. */
function lateMs(gate: string, { askedAtMs }: RatePass, { sentAtMs, endedAtMs }: RateSlotUse): number {
  if (sentAtMs === undefined || endedAtMs === undefined) return 0;
  const tookMs = endedAtMs - sentAtMs;
  // It creeps up, so that one lucky answer is not the measure for ever.
  const fastest = Math.min(tookMs, (fastestMs.get(gate) ?? tookMs) * 1.01);
  fastestMs.set(gate, fastest);
  return sentAtMs - askedAtMs + Math.min(tookMs - fastest, COUNTED_LATE_MAX_MS);
}
