import type { RateGate, RateGateContext, RateSlotUse } from '../http/rate-gate';

/** How a call went, without its clock readings. */
type Outcome = Pick<RateSlotUse, 'status' | 'retryAfterMs'> & { readonly isSent: boolean };

export interface CountingGate extends RateGate {
  readonly asked: RateGateContext[];
  readonly released: Outcome[];
}

/** A gate that is always open and remembers who came and how it went. */
export function countingGate(): CountingGate {
  const asked: RateGateContext[] = [];
  const released: Outcome[] = [];
  return {
    asked,
    released,
    acquire: async (context) => {
      asked.push(context);
      return {
        release: ({ sentAtMs, endedAtMs, ...outcome }) => {
          if (endedAtMs !== undefined && !(endedAtMs >= (sentAtMs ?? Infinity)))
            throw new Error('ended before it began');
          released.push({ ...outcome, isSent: sentAtMs !== undefined });
        },
      };
    },
  };
}
