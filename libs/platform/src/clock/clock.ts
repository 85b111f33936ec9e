/** The only source of the current time for business decisions, so that a test can move it. */
export abstract class Clock {
  abstract now(): Date;

  nowMs(): number {
    return this.now().getTime();
  }

  /** The moment `ms` milliseconds from now. */
  in(ms: number): Date {
    return new Date(this.nowMs() + ms);
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
