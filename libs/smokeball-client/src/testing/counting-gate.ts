import type { RateGate, RateGateContext, RateSlot } from '../http/rate-gate';

type Outcome = Parameters<RateSlot['release']>[0];

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
      return { release: (outcome) => void released.push(outcome) };
    },
  };
}
