import { Injectable } from '@nestjs/common';
import { ChangeNotices, Database, isDatabaseAway, Log, WorkQueue } from '@matterline/platform';
import type { InboxRow } from './inbox-row';

const TOLD_EVERY_MS = 1_000;
const WOKEN_EVERY_MS = 50;
/** As many as a worker takes on at once; the rest it finds by itself when these are done. */
const WOKEN_AT_ONCE = 16;

/**
 * What follows a stored event: a worker is woken at once, or with others when many come; the firm's pages and its connection are told,
 * at most once a second a firm. All of it may be lost: a sweep finds what is due, and pages read the records themselves.
 */
@Injectable()
export class InboxNews {
  private readonly untold = new Map<string, InboxRow>();
  private toldAtMs = -Infinity;
  private telling = false;
  private unwoken: InboxRow[] = [];
  private wokenAtMs = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeNotices,
    private readonly queue: WorkQueue,
    private readonly log: Log,
  ) {}

  /** Never waits and never throws. */
  tell(rows: readonly InboxRow[]): void {
    for (const row of rows) this.untold.set(row.firmId, row);
    if (!this.telling) {
      this.telling = true;
      after(this.toldAtMs + TOLD_EVERY_MS, () => void this.tellFirms());
    }
    const due = rows.filter(({ note }) => note === null).slice(0, WOKEN_AT_ONCE);
    if (due.length === 0) return;
    const isFirst = this.unwoken.length === 0;
    this.unwoken = [...this.unwoken, ...due].slice(0, WOKEN_AT_ONCE);
    if (isFirst) after(this.wokenAtMs + WOKEN_EVERY_MS, () => this.wake());
  }

  private wake(): void {
    this.wokenAtMs = performance.now();
    for (const { firmId, id } of this.unwoken.splice(0)) this.queue.wake({ topic: 'event_in', firmId, id });
  }

  private async tellFirms(): Promise<void> {
    this.toldAtMs = performance.now();
    const rows = [...this.untold.values()];
    this.untold.clear();
    try {
      for (const row of rows) await this.tellFirm(row);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('inbox.news.failed', { error });
    }
    this.telling = this.untold.size > 0;
    if (this.telling) after(this.toldAtMs + TOLD_EVERY_MS, () => void this.tellFirms());
  }

  private async tellFirm({ firmId, id, receivedAt }: InboxRow): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change(
        'update connections set last_event_at = greatest(last_event_at, $2::timestamptz) where firm_id = $1',
        [firmId, receivedAt],
      );
      await this.changes.announce(scope, { kind: 'event', id });
    });
  }
}

function after(atMs: number, work: () => void): void {
  const waitMs = atMs - performance.now();
  if (waitMs <= 0) work();
  else setTimeout(work, waitMs).unref();
}
