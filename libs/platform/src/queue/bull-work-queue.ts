import { InjectQueue } from '@nestjs/bull';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Queue } from 'bull';
import { Log } from '../logging/log';
import { type WorkItem, WorkQueue } from './work-queue';

export const BULL_QUEUE = 'matterline-work';
const CONCURRENCY = 32;
const PING_MS = 1_500;
/** Wake-ups that Redis has not taken yet; beyond this they are left to the sweeper. */
const UNSENT_MAX = 500;

/** With REDIS_URL set: Bull spreads the wake-ups over the worker processes. */
@Injectable()
export class BullWorkQueue extends WorkQueue implements OnModuleInit, OnApplicationShutdown {
  private unsent = 0;

  constructor(
    @InjectQueue(BULL_QUEUE) private readonly queue: Queue<WorkItem>,
    private readonly log: Log,
  ) {
    super();
  }

  onModuleInit(): void {
    this.queue.on('error', (error) => this.log.debug('queue.redis.error', { error }));
  }

  override wake(item: WorkItem): void {
    if (this.queue.client.status !== 'ready' || this.unsent >= UNSENT_MAX) return;
    this.unsent += 1;
    void this.queue
      .add(item, { removeOnComplete: true, removeOnFail: true })
      .catch(() => undefined)
      .finally(() => (this.unsent -= 1));
  }

  override consume(handler: (item: WorkItem) => Promise<void>): Promise<void> {
    // A wake-up is done once it is heard: work that waits for its turn must not stand before the next wake-up.
    const hear = (job: { readonly data: WorkItem }) => {
      handler(job.data).catch(() => undefined);
      return Promise.resolve();
    };
    // Bull's own promise resolves only when the queue is closed.
    void this.queue.process(CONCURRENCY, hear).catch(() => undefined);
    return Promise.resolve();
  }

  override async health(): Promise<string | null> {
    if (this.queue.client.status !== 'ready') return 'redis';
    const timeout = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), PING_MS).unref());
    const answer = await Promise.race([this.queue.client.ping().catch(() => 'failed'), timeout]);
    return answer === 'PONG' ? null : 'redis';
  }

  async onApplicationShutdown(): Promise<void> {
    const closed = this.queue.close(true).catch(() => undefined);
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, PING_MS).unref())]);
  }
}
