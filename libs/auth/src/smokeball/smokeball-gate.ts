import type { RateGate, RateGateContext, RateSlot } from '@matterline/smokeball-client';
import type { RateLines } from '@matterline/platform';

const PAUSE_AFTER_429_MS = 1_000;
const PAUSE_MAX_MS = 60_000;

/** Smokeball's rate budget belongs to the application in a region, so all firms that use it share one gate. */
export function smokeballGate(lines: RateLines, gate: string): RateGate {
  return {
    acquire: async (context: RateGateContext): Promise<RateSlot> => {
      await lines.wait(gate, context.lane, context.firmId, context.signal);
      return {
        release: async ({ status, retryAfterMs }) => {
          if (status !== 429) return;
          await lines.pause(gate, Math.min(retryAfterMs ?? PAUSE_AFTER_429_MS, PAUSE_MAX_MS));
        },
      };
    },
  };
}
