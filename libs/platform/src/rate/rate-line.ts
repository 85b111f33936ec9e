import { Injectable } from '@nestjs/common';
import { RateSlots } from './rate-slots';

/** Lanes from the most to the least urgent; the line serves them in this order. */
export const RATE_LANES = ['call', 'person', 'inbound', 'automatic', 'bulk'] as const;
export type RateLane = (typeof RATE_LANES)[number];

interface Waiter {
  readonly lane: number;
  readonly firmId: string;
  readonly order: number;
  readonly admit: () => void;
  readonly refuse: (reason: Error) => void;
}

export class RateLineLeft extends Error {}

const RETRY_AFTER_FAULT_MS = 500;

/**
 * The waiting line of this process before one gate: lanes in order, firms by turns inside a lane.
 * A token is taken only when somebody waits for it, so none is ever wasted on nobody.
 */
class Line {
  private readonly waiters: Waiter[] = [];
  private readonly lastServed = new Map<string, number>();
  private served = 0;
  private pumping = false;

  constructor(
    private readonly gate: string,
    private readonly slots: RateSlots,
  ) {}

  get length(): number {
    return this.waiters.length;
  }

  join(lane: RateLane, firmId: string, order: number, signal?: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        const at = this.waiters.indexOf(waiter);
        if (at < 0) return;
        this.waiters.splice(at, 1);
        reject(new RateLineLeft('cancelled while waiting'));
      };
      const settle = (finish: () => void) => () => {
        signal?.removeEventListener('abort', leave);
        finish();
      };
      const waiter: Waiter = {
        lane: RATE_LANES.indexOf(lane),
        firmId,
        order,
        admit: settle(resolve),
        refuse: (reason) => settle(() => reject(reason))(),
      };
      if (signal?.aborted) {
        reject(new RateLineLeft('cancelled while waiting'));
        return;
      }
      signal?.addEventListener('abort', leave, { once: true });
      this.waiters.push(waiter);
      void this.pump();
    });
  }

  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      while (this.waiters.length > 0) {
        const waitMs = await this.slots.tryTake(this.gate).catch(() => RETRY_AFTER_FAULT_MS);
        if (waitMs === 0) this.admitNext();
        else await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    } finally {
      this.pumping = false;
    }
  }

  private admitNext(): void {
    let best: Waiter | undefined;
    for (const waiter of this.waiters) if (!best || this.before(waiter, best)) best = waiter;
    if (!best) return;
    this.waiters.splice(this.waiters.indexOf(best), 1);
    this.lastServed.set(best.firmId, (this.served += 1));
    best.admit();
  }

  private before(left: Waiter, right: Waiter): boolean {
    if (left.lane !== right.lane) return left.lane < right.lane;
    const turn = (this.lastServed.get(left.firmId) ?? 0) - (this.lastServed.get(right.firmId) ?? 0);
    return left.firmId === right.firmId || turn === 0 ? left.order < right.order : turn < 0;
  }
}

@Injectable()
export class RateLines {
  private readonly lines = new Map<string, Line>();
  private joined = 0;

  constructor(private readonly slots: RateSlots) {}

  /** Resolves when the call may go out. @throws RateLineLeft when the signal aborts first. */
  async wait(gate: string, lane: RateLane, firmId: string, signal?: AbortSignal): Promise<void> {
    let line = this.lines.get(gate);
    if (!line) this.lines.set(gate, (line = new Line(gate, this.slots)));
    await line.join(lane, firmId, (this.joined += 1), signal);
  }

  async pause(gate: string, ms: number): Promise<void> {
    await this.slots.pause(gate, ms);
  }

  waiting(): number {
    return [...this.lines.values()].reduce((sum, line) => sum + line.length, 0);
  }
}
