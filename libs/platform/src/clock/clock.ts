import { machineBoot } from './machine-boot';

/** A moment that survives the process, for waits that must not shrink when somebody sets the clock. */
export interface Moment {
  /** Milliseconds since 1970, by the clock that people set. */
  readonly wallMs: number;
  /** One running of one machine, see `machineBoot`. */
  readonly machine: string;
  /** By a clock that nobody sets; says something within the same running only. */
  readonly steadyMs: number;
}

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

  /** Now, or `ms` milliseconds from now, for `msUntil`. */
  moment(ms = 0): Moment {
    return { wallMs: this.nowMs() + ms, machine: machineBoot(), steadyMs: this.steadyMs() + ms };
  }

  /** How long until then, negative when it has passed; a clock set forward or back changes it on another machine, or after a restart of this one, only. */
  msUntil({ wallMs, machine, steadyMs }: Moment): number {
    return machine === machineBoot() ? steadyMs - this.steadyMs() : wallMs - this.nowMs();
  }

  /** Runs on at one pace; a clock that tests move has no other. */
  protected steadyMs(): number {
    return this.nowMs();
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }

  /** Shared by all processes of a machine; begins anew when it is started. */
  protected override steadyMs(): number {
    return Number(process.hrtime.bigint() / 1_000_000n);
  }
}
