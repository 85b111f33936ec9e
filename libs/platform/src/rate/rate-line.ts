import { Injectable } from '@nestjs/common';
import { type RateAnswer, type RateReturn, RateSlots, type RateTicket } from './rate-slots';

/** Lanes from the most to the least urgent; the line serves them in this order. */
export const RATE_LANES = ['call', 'person', 'inbound', 'automatic', 'bulk'] as const;
export type RateLane = (typeof RATE_LANES)[number];

interface Waiter {
  readonly lane: number;
  readonly firmId: string;
  readonly order: number;
  readonly sinceMs: number;
  readonly admit: (pass: RatePass) => void;
  readonly refuse: (reason: Error) => void;
}

/** Leave to make one call. */
export interface RatePass {
  /** By `performance.now()`: the call cannot have been counted before this. */
  readonly askedAtMs: number;
  /** Exactly once, also when nothing was sent. */
  release(how: RateReturn): Promise<void>;
}

/** Whoever waited gave up. */
export class RateLineLeft extends Error {}

/** The other side has stopped answering; nothing was sent. */
export class RateGateAway extends Error {
  constructor(readonly awayMs: number) {
    super('the gate is closed while the other side does not answer');
  }
}

const RETRY_AFTER_FAULT_MS = 500;
/** Other processes forget this one's place in a second. */
const ASK_AGAIN_MS = 400;

/**
 * The waiting line of this process before one gate: lanes in order, firms by turns inside a lane.
 * A slot is taken only when somebody waits for it, so none is ever wasted on nobody.
 */
class Line {
  private readonly waiters: Waiter[] = [];
  private readonly lastServed = new Map<string, number>();
  private served = 0;
  private pumping = false;
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly gate: string,
    private readonly slots: RateSlots,
  ) {}

  get length(): number {
    return this.waiters.length;
  }

  join(lane: RateLane, firmId: string, order: number, signal?: AbortSignal): Promise<RatePass> {
    return new Promise<RatePass>((resolve, reject) => {
      const leave = () => {
        this.remove(waiter);
        reject(new RateLineLeft('cancelled while waiting'));
      };
      const waiter: Waiter = {
        lane: RATE_LANES.indexOf(lane),
        firmId,
        order,
        sinceMs: performance.now(),
        admit: (pass) => {
          signal?.removeEventListener('abort', leave);
          resolve(pass);
        },
        refuse: (reason) => {
          signal?.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      if (signal?.aborted) {
        reject(new RateLineLeft('cancelled while waiting'));
        return;
      }
      signal?.addEventListener('abort', leave, { once: true });
      this.waiters.push(waiter);
      if (this.best() === waiter) this.wakeUp();
      void this.pump();
    });
  }

  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let best = this.best(); best; best = this.best()) await this.serve(best);
    } finally {
      this.pumping = false;
    }
  }

  private async serve(asking: Waiter): Promise<void> {
    const askedAtMs = performance.now();
    const answer = await this.ask(asking, askedAtMs);
    if (answer.kind === 'wait') return await this.rest(answer.waitMs);
    if (answer.kind === 'away') {
      if (this.remove(asking)) asking.refuse(new RateGateAway(answer.awayMs));
      return;
    }
    // Whoever asked may have left meanwhile, or somebody better may have come.
    const next = this.best();
    if (next) this.admit(next, answer.ticket, askedAtMs);
    else await this.giveBack(answer.ticket);
  }

  private async ask(best: Waiter, nowMs: number): Promise<RateAnswer> {
    const { lane, firmId, sinceMs } = best;
    try {
      const hasMore = this.waiters.length > 1;
      return await this.slots.take(this.gate, { lane, firmId, waitedMs: nowMs - sinceMs, hasMore });
    } catch {
      return { kind: 'wait', waitMs: RETRY_AFTER_FAULT_MS };
    }
  }

  /** Until the next slot is free, or somebody better comes. */
  private async rest(waitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(waitMs, ASK_AGAIN_MS));
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = () => undefined;
    if (this.waiters.length === 0) await this.slots.leave(this.gate).catch(() => undefined);
  }

  private admit(waiter: Waiter, ticket: RateTicket, askedAtMs: number): void {
    this.remove(waiter);
    this.lastServed.set(waiter.firmId, (this.served += 1));
    waiter.admit({ askedAtMs, release: (how) => this.slots.release(this.gate, ticket, how) });
  }

  private async giveBack(ticket: RateTicket): Promise<void> {
    await this.slots.release(this.gate, ticket, { outcome: 'unsent' }).catch(() => undefined);
  }

  private best(): Waiter | undefined {
    let best: Waiter | undefined;
    for (const waiter of this.waiters) if (!best || this.before(waiter, best)) best = waiter;
    return best;
  }

  private remove(waiter: Waiter): boolean {
    const at = this.waiters.indexOf(waiter);
    if (at < 0) return false;
    this.waiters.splice(at, 1);
    if (this.waiters.length === 0) this.wakeUp();
    return true;
  }

  private before(left: Waiter, right: Waiter): boolean {
    if (left.lane !== right.lane) return left.lane < right.lane;
    const turn = (this.lastServed.get(left.firmId) ?? 0) - (this.lastServed.get(right.firmId) ?? 0);
    return left.firmId === right.firmId || turn === 0 ? left.order < right.order : turn < 0;
  }
}

/** The lines of this process, one before each gate. */
@Injectable()
export class RateLines {
  private readonly lines = new Map<string, Line>();
  private joined = 0;

  constructor(private readonly slots: RateSlots) {}

  /** Resolves when the call may go out. @throws RateLineLeft when the signal aborts first; RateGateAway when the other side does not answer. */
  async wait(gate: string, lane: RateLane, firmId: string, signal?: AbortSignal): Promise<RatePass> {
    let line = this.lines.get(gate);
    if (!line) this.lines.set(gate, (line = new Line(gate, this.slots)));
    return await line.join(lane, firmId, (this.joined += 1), signal);
  }

  waiting(): number {
    return [...this.lines.values()].reduce((sum, line) => sum + line.length, 0);
  }
}
