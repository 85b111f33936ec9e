import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { isDatabaseAway } from '../database/database-away';
import { LIVENESS_LOCK, ProcessLink } from '../database/process-link';
import { Log } from '../logging/log';
import { type WorkItem, WORK_TOPICS, type WorkTopic, WorkQueue } from './work-queue';

/** Looks at one row: claims it, works on it, puts it down. Must be harmless when the row is not due or another holds it. */
export type WorkHandler = (firmId: string, id: string) => Promise<void>;

const SWEEP_MS = 1_000;
const BATCH = 200;
const CONCURRENCY: Readonly<Record<WorkTopic, number>> = { operation: 40, event_in: 16, delivery: 16 };
const DRAIN_MS = 20_000;

/**
 * Brings due rows to their handlers: on a wake-up at once, and by a sweep every second, so that a lost wake-up, a lost
 * queue or a dead process delays work and never loses it. Rooms register exactly one handler a topic.
 */
@Injectable()
export class Dispatcher implements BeforeApplicationShutdown {
  private readonly handlers = new Map<WorkTopic, WorkHandler>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly busy = new Map<WorkTopic, number>();
  private started = false;
  private sweeping = false;

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
    try {
      await this.database.directory(`release_dead_leases($1, $2)`, [LIVENESS_LOCK, this.clock.now()]);
      for (const topic of WORK_TOPICS) await this.startDue(topic);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('dispatcher.sweep.failed', { error });
    } finally {
      this.sweeping = false;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.started = false;
    const drained = Promise.allSettled(this.running.values());
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
  }

  private async startDue(topic: WorkTopic): Promise<void> {
    const room = CONCURRENCY[topic] - (this.busy.get(topic) ?? 0);
    if (!this.handlers.has(topic) || room <= 0) return;
    const due = await this.database.directory<{ firm_id: string; id: string }>(`due_work($1, $2, $3)`, [
      topic,
      this.clock.now(),
      Math.min(BATCH, room * 2),
    ]);
    for (const { firm_id: firmId, id } of due) void this.run({ topic, firmId, id });
  }

  private async run(item: WorkItem): Promise<void> {
    const handler = this.handlers.get(item.topic);
    const key = `${item.topic}/${item.id}`;
    if (!this.started || !handler || this.running.has(key) || this.link.processNumber === 0) return;
    const busy = this.busy.get(item.topic) ?? 0;
    if (busy >= CONCURRENCY[item.topic]) return;
    this.busy.set(item.topic, busy + 1);
    const done = this.guarded(handler, item).finally(() => {
      this.running.delete(key);
      this.busy.set(item.topic, (this.busy.get(item.topic) ?? 1) - 1);
    });
    this.running.set(key, done);
    await done;
  }

  private async guarded(handler: WorkHandler, item: WorkItem): Promise<void> {
    try {
      await handler(item.firmId, item.id);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('work.failed', { firm_id: item.firmId, type: item.topic, error });
    }
  }
}
