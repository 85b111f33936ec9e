const TICKS_PER_MS = 10_000n;
const TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000n;

/**
 * The simulator's time: the machine's clock, or a moment at which it stands still, plus an offset that tests and pages move forward.
 * Ticks are .NET ticks (100 ns since 0001-01-01); the same tick is never given twice.
 */
export class Clock {
  private offsetMs = 0;
  private frozenAtMs: number | null = null;
  private lastTicks = 0n;

  /** Milliseconds since 1970, with the offset. */
  now(): number {
    return (this.frozenAtMs ?? Date.now()) + this.offsetMs;
  }

  offset(): number {
    return this.offsetMs;
  }

  setOffset(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }

  /** Stands still at this moment until it is moved; null lets it run with the machine's clock again. */
  freeze(atMs: number | null): void {
    this.frozenAtMs = atMs;
    this.offsetMs = 0;
  }

  isFrozen(): boolean {
    return this.frozenAtMs !== null;
  }

  /** For what must not jump when the machine's clock is set; a frozen clock holds it still too. */
  elapsedMs(): number {
    return this.frozenAtMs === null ? performance.now() : this.offsetMs;
  }

  /** The machine's time again, also for ticks that were given from the future. */
  reset(): void {
    this.freeze(null);
    this.lastTicks = 0n;
  }

  /** ISO-8601 in UTC with seven fraction digits, as Smokeball writes moments. */
  iso(atMs: number = this.now()): string {
    return new Date(atMs).toISOString().replace(/(\.\d{3})Z$/, '$10000Z');
  }

  /**
   * Strictly rising, and never a multiple of 16 or 10: a reader that parses it as a double loses digits, and shows it
   * even when it writes the shortest text that stands for that double.
   */
  ticks(): bigint {
    const base = BigInt(this.now()) * TICKS_PER_MS + TICKS_AT_UNIX_EPOCH + 88n;
    let ticks = base > this.lastTicks ? base : this.lastTicks + 1n;
    while (ticks % 16n === 0n || ticks % 10n === 0n) ticks += 1n;
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
