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
 * Moving the clock steps from job to job, so that what one job causes is due in the right order too.
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
  }

  /** Runs all that is due now. Work that a job adds with no delay runs in the same call. */
  runDue(): number {
    if (this.running) return 0;
    this.running = true;
    try {
      return this.runUntil(() => this.clock.now());
    } finally {
      this.running = false;
      this.arm();
    }
  }

  /** Moves the clock forward, running every job at its own moment. */
  advance(ms: number): number {
    const target = this.clock.now() + ms;
    let ran = this.runDue();
    for (let next = this.next(); next !== undefined && next.dueMs <= target; next = this.next()) {
      this.clock.setOffset(this.clock.offset() + Math.max(0, next.dueMs - this.clock.now()));
      ran += this.runDue();
    }
    this.clock.setOffset(this.clock.offset() + Math.max(0, target - this.clock.now()));
    return ran + this.runDue();
  }

  /** Moves the clock to the next job of these kinds, if there is one. */
  stepTo(kinds: ReadonlySet<string>): boolean {
    const due = [...this.table.values()].filter((job) => kinds.has(job.kind)).map((job) => job.dueMs);
    if (due.length === 0) return false;
    this.advance(Math.max(0, Math.min(...due) - this.clock.now()));
    return true;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.handlers.clear();
    this.heap.clear();
  }

  private runUntil(until: () => number): number {
    let ran = 0;
    for (let job = this.next(); job !== undefined && job.dueMs <= until(); job = this.next()) {
      this.heap.pop();
      this.table.delete(job.id);
      this.handlers.get(job.kind)?.(job.data, job);
      ran += 1;
    }
    if (ran > 0) this.database.flush();
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
    const next = this.next();
    if (next === undefined) return;
    const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, next.dueMs - this.clock.now()));
    this.timer = setTimeout(() => this.runDue(), waitMs);
    this.timer.unref();
  }
}
