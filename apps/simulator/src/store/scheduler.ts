import type { Clock } from './clock';
import type { Database } from './database';
import { DueHeap } from './due-heap';
import type { Table } from './table';

/** A stored piece of future work. `tenant` lets a reset take only its own; `data` is plain JSON. */
export interface Job {
  readonly id: string;
  readonly tenant: string;
  readonly kind: string;
  readonly dueMs: number;
  readonly seq: number;
  readonly data: unknown;
}

type Handler = (data: unknown, job: Job) => void;

const LONGEST_TIMER_MS = 2_000_000_000;

/**
 * Runs stored jobs when their moment comes: on a timer, at the start of every request, and when the clock is moved.
 * While the clock is frozen nothing runs by itself: only moving the clock does it.
 */
export class Scheduler {
  private readonly heap = new DueHeap<Job>();
  private readonly table: Table<Job>;
  private readonly handlers = new Map<string, Handler>();
  private timer: NodeJS.Timeout | undefined;
  private seq = 0;
  private running = false;

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {
    this.table = database.table<Job>('jobs');
    for (const job of this.table.values()) {
      this.heap.push(job);
      this.seq = Math.max(this.seq, job.seq);
    }
  }

  handle(kind: string, handler: Handler): void {
    this.handlers.set(kind, handler);
  }

  add(tenant: string, kind: string, delayMs: number, data: unknown): Job {
    return this.addAt(tenant, kind, this.clock.now() + delayMs, data);
  }

  addAt(tenant: string, kind: string, dueMs: number, data: unknown): Job {
    this.seq += 1;
    const job: Job = { id: `${this.seq}`, tenant, kind, dueMs, seq: this.seq, data };
    this.table.put(job.id, job);
    this.heap.push(job);
    this.arm();
    return job;
  }

  pending(kinds?: ReadonlySet<string>): number {
    if (kinds === undefined) return this.table.size;
    return [...this.table.values()].filter((job) => kinds.has(job.kind)).length;
  }

  clear(tenant: string | undefined, keepKinds: ReadonlySet<string>): void {
    for (const job of [...this.table.values()]) {
      const isMeant = tenant === undefined || job.tenant === tenant;
      if (isMeant && !keepKinds.has(job.kind)) this.table.delete(job.id);
    }
    this.heap.clear();
    for (const job of this.table.values()) this.heap.push(job);
  }

  /** What waits, of one kind. */
  *waiting(kind: string): Generator<Job> {
    for (const job of this.table.values()) if (job.kind === kind) yield job;
  }

  /** Runs all that is due now. Work that a job adds with no delay runs in the same call. */
  runDue(): void {
    if (!this.clock.isFrozen()) this.run(() => this.clock.now(), Infinity);
  }

  /** Runs the earliest job that is due by then, at its own moment: the clock moves there if it is not so late yet. */
  runNext(untilMs: number): boolean {
    return this.run(() => untilMs, 1) > 0;
  }

  /** When the earliest job of these kinds is due. */
  nextOf(kinds: ReadonlySet<string>): number | undefined {
    let earliestMs: number | undefined;
    for (const job of this.table.values()) {
      if (kinds.has(job.kind) && job.dueMs < (earliestMs ?? Infinity)) earliestMs = job.dueMs;
    }
    return earliestMs;
  }

  /** Moves the clock forward; a moment in the past leaves it as it is. */
  private moveTo(momentMs: number): void {
    this.clock.setOffset(this.clock.offset() + Math.max(0, momentMs - this.clock.now()));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.handlers.clear();
    this.heap.clear();
  }

  private run(untilMs: () => number, most: number): number {
    if (this.running) return 0;
    this.running = true;
    let ran = 0;
    try {
      for (let job = this.next(); ran < most && job !== undefined && job.dueMs <= untilMs(); job = this.next()) {
        this.moveTo(job.dueMs);
        this.heap.pop();
        this.table.delete(job.id);
        this.handlers.get(job.kind)?.(job.data, job);
        ran += 1;
      }
    } finally {
      this.running = false;
      if (ran > 0) this.database.flush();
      this.arm();
    }
    return ran;
  }

  /** The earliest job that was not cleared meanwhile. */
  private next(): Job | undefined {
    for (let job = this.heap.peek(); job !== undefined; job = this.heap.peek()) {
      if (this.table.get(job.id) !== undefined) return job;
      this.heap.pop();
    }
    return undefined;
  }

  private arm(): void {
    if (this.running) return;
    clearTimeout(this.timer);
    if (this.clock.isFrozen()) return;
    const next = this.next();
    if (next === undefined) return;
    const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, next.dueMs - this.clock.now()));
    this.timer = setTimeout(() => this.runDue(), waitMs);
    this.timer.unref();
  }
}
