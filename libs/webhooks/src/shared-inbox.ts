import { Injectable } from '@nestjs/common';
import { Clock, Database, FieldCipher, isDatabaseAway } from '@matterline/platform';
import { GroupCommit } from './group-commit';
import { type InboxRow, inboxRow, type NewInboxEvent } from './inbox-row';
import { InboxNews } from './inbox-news';

const MEGABYTE = 1024 * 1024;
/** Smokeball waits ten seconds for an answer (docs/smokeball-api.md#webhooks). */
const LATE_MS = 8_000;
/** One write at a time makes the largest groups; a second fills the time in which the first waits for the disk. */
const AT_ONCE = 2;

/** Smokeball's events, of all firms: those that arrive together are stored by one statement. docs/adr/0012 */
@Injectable()
export class SharedInbox {
  private readonly commits = new GroupCommit<InboxRow, boolean>({
    write: (rows) => this.write(rows),
    sizeOf: ({ body }) => body.length,
    atOnce: AT_ONCE,
    most: { items: 200, bytes: 4 * MEGABYTE },
    waitingMost: { items: 2_000, bytes: 32 * MEGABYTE },
    lateMs: LATE_MS,
  });

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly news: InboxNews,
  ) {}

  /**
   * @returns false for a repeat of a stored event, once the row stands
   * @throws ApiError `unavailable` when too many wait; the database's error when it is away
   */
  async store(firmId: string, event: NewInboxEvent): Promise<boolean> {
    return await this.commits.add(inboxRow(this.cipher, firmId, event, this.clock.now()));
  }

  private async write(rows: readonly InboxRow[]): Promise<readonly (boolean | Error)[]> {
    try {
      return await this.insert(rows);
    } catch (error) {
      if (rows.length === 1 || isDatabaseAway(error)) throw error;
      return await this.oneByOne(rows);
    }
  }

  /** One row that PostgreSQL refuses must not take its neighbours with it. */
  private async oneByOne(rows: readonly InboxRow[]): Promise<readonly (boolean | Error)[]> {
    const answers: (boolean | Error)[] = [];
    for (const row of rows) {
      const answer = await this.insert([row]).catch((error: unknown) => [error as Error]);
      answers.push(...answer);
    }
    return answers;
  }

  private async insert(rows: readonly InboxRow[]): Promise<readonly boolean[]> {
    const stored = await this.database.directory<{ id: string }>('store_events($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      rows.map(({ id }) => id),
      rows.map(({ firmId }) => firmId),
      rows.map(({ dedupeKey }) => dedupeKey),
      rows.map(({ type }) => type),
      rows.map(({ resourceId }) => resourceId),
      rows.map(({ requestId }) => requestId),
      rows.map(({ body }) => body),
      rows.map(({ note }) => note),
      rows.map(({ receivedAt }) => receivedAt),
    ]);
    const ids = new Set(stored.map(({ id }) => id));
    const added = rows.filter(({ id }) => ids.has(id));
    if (added.length > 0) this.news.tell(added);
    return rows.map(({ id }) => ids.has(id));
  }
}
