const TICKS_PER_MS = 10_000n;
const TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000n;

/**
 * .NET ticks (100 ns since 0001-01-01T00:00:00Z) of a moment.
 * Ticks are always `bigint`: they exceed 2^53. Source: docs/smokeball-api.md#ticks
 */
export function ticksFromDate(date: Date): bigint {
  return BigInt(date.getTime()) * TICKS_PER_MS + TICKS_AT_UNIX_EPOCH;
}

/** The moment of some ticks, cut to the millisecond. Outside what a Date can hold the result is an Invalid Date. */
export function dateFromTicks(ticks: bigint): Date {
  const sinceEpoch = ticks - TICKS_AT_UNIX_EPOCH;
  const ms = sinceEpoch / TICKS_PER_MS;
  const isCutTowardsZero = sinceEpoch < 0n && sinceEpoch % TICKS_PER_MS !== 0n;
  return new Date(Number(isCutTowardsZero ? ms - 1n : ms));
}

/** Ticks of a clock reading in Unix milliseconds (default: now). */
export function nowTicks(nowMs: number = Date.now()): bigint {
  return BigInt(Math.trunc(nowMs)) * TICKS_PER_MS + TICKS_AT_UNIX_EPOCH;
}
