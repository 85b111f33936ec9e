import type { FirmScope } from '../database/firm-scope';

/** How a gate stands for everybody. */
export interface GateState {
  /** Since when the other side has not answered; null while it does. */
  readonly awaySince: Date | null;
  /** Milliseconds until somebody asks again; 0 when due. */
  readonly awayMs: number;
  /** Of what is granted: 1, or less after refusals for too many calls. */
  readonly speed: number;
}

/** Nobody waits longer than this until it is asked again; what is further away was written before the clock was set back. */
const LONGEST_AWAY_MS = 120_000;

/** Read in the caller's transaction, so that many callers need no connection each. */
export async function gateState(scope: FirmScope, gate: string): Promise<GateState> {
  const row = await scope.one<{ away_since: Date | null; away_ms: number; slowdown: number }>(
    `select away_since, slowdown, case when away_until - clock_timestamp() <= $2 * interval '1 millisecond'
         then greatest(0, extract(epoch from away_until - clock_timestamp()) * 1000) else 0 end::float8 as away_ms
       from rate_gates where gate = $1`,
    [gate, LONGEST_AWAY_MS],
  );
  return { awaySince: row?.away_since ?? null, awayMs: Math.ceil(row?.away_ms ?? 0), speed: 1 / (row?.slowdown ?? 1) };
}
