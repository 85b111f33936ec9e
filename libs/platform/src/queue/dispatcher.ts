import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { isDatabaseAway } from '../database/database-away';
import { LIVENESS_LOCK, ProcessLink } from '../database/process-link';
import { Log } from '../logging/log';
import type { RateLane } from '../rate/rate-line';
import { type WorkItem, WORK_TOPICS, type WorkTopic, WorkQueue } from './work-queue';

/** Looks at one row: claims it, works on it, puts it down. Must be harmless when the row is not due or another holds it. */
export type WorkHandler = (firmId: string, id: string) => Promise<void>;

const SWEEP_MS = 1_000;
const SHORTEN_MS = 5_000;
/** The least time between two sweeps that finished work asks for. */
const SWEEP_SOON_MS = 100;
const CONCURRENCY: Readonly<Record<WorkTopic, number>> = { operation: 40, event_in: 16, delivery: 16 };
/** Of the operations: enough to keep the rate gate busy, so few that urgent work always finds room. */
const BULK_AT_ONCE = 10;
/** One firm's flood leaves room for the others. */
const FIRM_SHARE = 0.5;
const DRAIN_MS = 20_000;

interface Due {
  readonly firm_id: string;
  readonly id: string;
  readonly lane?: RateLane;
}

/**
 * Brings due rows to their handlers: on a wake-up at once, and by a sweep every second, so that a lost wake-up, a lost
 * queue or a dead process delays work and never loses it. Rooms register exactly one handler a topic.
 */
@Injectable()
export class Dispatcher implements BeforeApplicationShutdown {
  private readonly handlers = new Map<WorkTopic, WorkHandler>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly busy = new Map<string, number>();
  private started = false;
  private sweeping = false;
  private sweptAtMs = 0;
  /** A wake-up found no room; whoever finishes next looks again. */
  private behind = false;

  constructor(
    private readonly database: Database,
    private readonly queue: WorkQueue,
    private readonly link: ProcessLink,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws when the topic has a handler already. */
  register(topic: WorkTopic, handler: WorkHandler): void {
    if (this.handlers.has(topic)) throw new Error(`two handlers for ${topic}`);
    this.handlers.set(topic, handler);
  }

  /** Whether this process is a worker, and not about to end. */
  get isWorking(): boolean {
    return this.started;
  }

  topics(): readonly WorkTopic[] {
    return [...this.handlers.keys()];
  }

  async start(): Promise<void> {
    await this.link.start();
    await this.queue.consume((item) => this.run(item));
    this.started = true;
    await this.sweep();
  }

  @Interval(SWEEP_MS)
  async sweep(): Promise<void> {
    if (!this.started || this.sweeping || this.link.processNumber === 0) return;
    this.sweeping = true;
    this.sweptAtMs = performance.now();
    try {
      await this.database.directory(`release_dead_leases($1, $2)`, [LIVENESS_LOCK, this.clock.now()]);
      for (const topic of WORK_TOPICS) await this.startDue(topic);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('dispatcher.sweep.failed', { error });
    } finally {
      this.sweeping = false;
    }
  }

  /** Work that waits for a moment waits no longer than it was meant to, when a clock is set back or Smokeball answers again. */
  @Interval(SHORTEN_MS)
  async shortenWaits(): Promise<void> {
    if (!this.started) return;
    try {
      for (const what of ['follow_clock', 'due_after_away']) {
        const [row] = await this.database.directory<Record<string, number>>(`${what}($1)`, [this.clock.now()]);
        const count = row?.[what] ?? 0;
        if (count > 0) this.log.info('dispatcher.waits.shortened', { type: what, count });
      }
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('dispatcher.waits.failed', { error });
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.started = false;
    const drained = Promise.allSettled(this.running.values());
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
  }

  private async startDue(topic: WorkTopic): Promise<void> {
    if (!this.handlers.has(topic)) return;
    const room = CONCURRENCY[topic] - this.count(topic);
    const due = topic === 'operation' ? await this.dueOperations(room) : await this.dueOf(topic, room);
    for (const { firm_id: firmId, id, lane } of due) void this.run({ topic, firmId, id, lane });
  }

  private async dueOf(topic: WorkTopic, room: number): Promise<Due[]> {
    if (room <= 0) return [];
    if (topic === 'delivery')
      return await this.database.directory<Due>(`due_deliveries($1, $2)`, [this.clock.now(), room * 2]);
    return await this.database.directory<Due>(`due_work($1, $2, $3)`, [topic, this.clock.now(), room * 2]);
  }

  private async dueOperations(room: number): Promise<Due[]> {
    const bulkRoom = Math.min(room, BULK_AT_ONCE - this.count('operation/bulk'));
    const urgentRoom = Math.max(0, room);
    if (urgentRoom === 0) return [];
    return await this.database.directory<Due>(`due_operations($1, $2, $3)`, [
      this.clock.now(),
      urgentRoom * 2,
      Math.max(0, bulkRoom) * 2,
    ]);
  }

  private async run(item: WorkItem): Promise<void> {
    const handler = this.handlers.get(item.topic);
    const key = `${item.topic}/${item.id}`;
    if (!this.started || !handler || this.running.has(key) || this.link.processNumber === 0) return;
    const places = placesOf(item);
    if (places.some(([place, most]) => this.count(place) >= most)) {
      this.behind = true;
      return;
    }
    for (const [place] of places) this.add(place, 1);
    const done = this.guarded(handler, item).finally(() => {
      this.running.delete(key);
      for (const [place] of places) this.add(place, -1);
      this.catchUp();
    });
    this.running.set(key, done);
    await done;
  }

  private count(place: string): number {
    return this.busy.get(place) ?? 0;
  }

  private add(place: string, change: number): void {
    const count = this.count(place) + change;
    if (count > 0) this.busy.set(place, count);
    else this.busy.delete(place);
  }

  private catchUp(): void {
    if (!this.behind) return;
    this.behind = false;
    const waitMs = Math.max(0, SWEEP_SOON_MS - (performance.now() - this.sweptAtMs));
    setTimeout(() => void this.sweep(), waitMs).unref();
  }

  private async guarded(handler: WorkHandler, item: WorkItem): Promise<void> {
    try {
      await handler(item.firmId, item.id);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('work.failed', { firm_id: item.firmId, type: item.topic, error });
    }
  }
}

/** What a piece of work takes room of, with how much there is. */
function placesOf({ topic, firmId, lane }: WorkItem): (readonly [string, number])[] {
  const most = CONCURRENCY[topic];
  return [
    [topic, most],
    [`${topic}/${firmId}`, Math.ceil(most * FIRM_SHARE)],
    ...(topic === 'operation' && lane === 'bulk' ? ([[`${topic}/bulk`, BULK_AT_ONCE]] as const) : []),
  ];
}
