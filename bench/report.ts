export interface Bound {
  /** What nothing could beat, measured or computed in the same run. */
  readonly floor?: number;
  /** The promise: at most so many times the floor. */
  readonly most?: number;
  /** The promise: at least so many times the floor. */
  readonly least?: number;
  /** The promise: at most this. */
  readonly atMost?: number;
  /** The promise: at least this. */
  readonly atLeast?: number;
}

/** What a bench saw, line by line, each beside its floor and its promise. */
export class Report {
  private missed = 0;

  say(text: string): void {
    console.log(text);
  }

  figure(name: string, value: number, { floor, most, least, atMost, atLeast }: Bound): void {
    const ratio = floor === undefined ? undefined : value / floor;
    const isMissed =
      (most !== undefined && !((ratio ?? Number.NaN) <= most)) ||
      (least !== undefined && !((ratio ?? Number.NaN) >= least)) ||
      (atMost !== undefined && !(value <= atMost)) ||
      (atLeast !== undefined && !(value >= atLeast));
    if (isMissed) this.missed += 1;
    const parts = [
      `${isMissed ? '✗' : (most ?? least ?? atMost ?? atLeast) === undefined ? '·' : '✓'} ${name}: ${round(value)}`,
      floor === undefined ? '' : `floor ${round(floor)}, ratio ${ratio?.toFixed(3)}`,
      most === undefined ? '' : `promised ≤ ${most}`,
      least === undefined ? '' : `promised ≥ ${least}`,
      atMost === undefined ? '' : `promised ≤ ${atMost}`,
      atLeast === undefined ? '' : `promised ≥ ${atLeast}`,
    ];
    this.say(parts.filter((part) => part !== '').join(' · '));
  }

  /** @returns whether every promise was kept. */
  close(): boolean {
    this.say(this.missed === 0 ? 'Every promise was kept.' : `${this.missed} promises were missed.`);
    return this.missed === 0;
  }
}

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
