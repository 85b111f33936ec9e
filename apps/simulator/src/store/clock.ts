const TICKS_PER_MS = 10_000n;
const TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000n;

/**
 * The simulator's time: the machine's clock plus an offset that tests and pages move forward.
 * Ticks are .NET ticks (100 ns since 0001-01-01); the same tick is never given twice.
 */
export class Clock {
  private offsetMs = 0;
  private lastTicks = 0n;

  /** Milliseconds since 1970, with the offset. */
  now(): number {
    return Date.now() + this.offsetMs;
  }

  offset(): number {
    return this.offsetMs;
  }

  setOffset(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }

  /** ISO-8601 in UTC with seven fraction digits, as Smokeball writes moments. */
  iso(atMs: number = this.now()): string {
    return new Date(atMs).toISOString().replace(/(\.\d{3})Z$/, '$10000Z');
  }

  /** Strictly rising, and never a multiple of 128: a reader that parses it as a double loses digits and shows it. */
  ticks(): bigint {
    const base = BigInt(this.now()) * TICKS_PER_MS + TICKS_AT_UNIX_EPOCH + 88n;
    let ticks = base > this.lastTicks ? base : this.lastTicks + 1n;
    while (ticks % 16n === 0n) ticks += 1n;
    this.lastTicks = ticks;
    return ticks;
  }

  static ticksOf(unixMs: number): bigint {
    return BigInt(unixMs) * TICKS_PER_MS + TICKS_AT_UNIX_EPOCH;
  }

  static msOf(ticks: bigint): number {
    return Number((ticks - TICKS_AT_UNIX_EPOCH) / TICKS_PER_MS);
  }
}
