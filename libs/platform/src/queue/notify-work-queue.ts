import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { ProcessLink } from '../database/process-link';
import { type WorkItem, WorkQueue } from './work-queue';

const CHANNEL = 'matterline_work';

/** The embedded default: PostgreSQL's own LISTEN and NOTIFY carry the wake-ups. */
@Injectable()
export class NotifyWorkQueue extends WorkQueue {
  constructor(
    private readonly database: Database,
    private readonly link: ProcessLink,
  ) {
    super();
  }

  override wake(item: WorkItem): void {
    this.database.shared('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(item)]).catch(() => undefined);
  }

  override async consume(handler: (item: WorkItem) => Promise<void>): Promise<void> {
    this.link.listen(CHANNEL, (payload) => {
      handler(JSON.parse(payload) as WorkItem).catch(() => undefined);
    });
    await this.link.start();
  }

  override health(): Promise<string | null> {
    return Promise.resolve(null);
  }
}
