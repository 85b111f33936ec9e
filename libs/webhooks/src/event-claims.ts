import { Injectable } from '@nestjs/common';
import { Database, FieldCipher, type FirmScope } from '@matterline/platform';
import { backoffMs } from '@matterline/smokeball-client';
import { EventHandlers } from './event-handlers';
import { EventParts } from './event-parts';
import { inboxPlace } from './inbox-row';

const LEASE_MS = 60_000;
/** More than one record's events of a storm; what is beyond waits for one more reading. */
const TOGETHER_MAX = 1_000;

export interface InboxRow {
  readonly id: string;
  readonly source: 'smokeball' | 'casehug';
  readonly type: string;
  readonly resource_id: string | null;
  readonly request_id: string | null;
  readonly received_at: Date;
  readonly attempts: number;
  /** The number under which this process took it; a lost database link gives the process another. */
  readonly holder: number;
}

export interface Ending {
  readonly state: 'done' | 'ignored' | 'pending' | 'failed';
  readonly note: string;
  readonly matterId?: string | null;
}

interface Head {
  readonly source: string;
  readonly type: string;
  readonly resource_id: string | null;
}

const COLUMNS = 'id, source, type, resource_id, request_id, received_at, attempts, holder';
const IS_OPEN = `state in ('pending', 'running') and (lease_until is null or lease_until <= $2)`;

/** Takes events into this process's hands and puts them down again. */
@Injectable()
export class EventClaims {
  constructor(
    private readonly database: Database,
    private readonly handlers: EventHandlers,
    private readonly cipher: FieldCipher,
    private readonly parts: EventParts,
  ) {}

  /** The event, with all others that wait for a reading of the same record, oldest first; none while the record is being read. */
  async claim(firmId: string, id: string): Promise<InboxRow[]> {
    return await this.database.forFirm(firmId, async (scope) => {
      const head = await scope.one<Head>(
        `select source, type, resource_id from events_in where id = $1 and next_attempt_at <= $2 and ${IS_OPEN}`,
        [id, this.parts.clock.now()],
      );
      if (!head) return [];
      const types = head.source === 'smokeball' ? this.handlers.gatheredWith(head.type) : [];
      if (types.length === 0 || head.resource_id === null) return await this.take(scope, id, [id]);
      return await this.takeRecord(scope, id, head.resource_id, types);
    });
  }

  /** The body as it came. */
  async body(firmId: string, { id }: InboxRow): Promise<Buffer> {
    return await this.database.forFirm(firmId, async (scope) => {
      const row = await scope.one<{ body_enc: Buffer }>('select body_enc from events_in where id = $1', [id]);
      if (!row) throw new Error('the event is gone');
      return this.cipher.openBytes(inboxPlace(firmId, id), row.body_enc);
    });
  }

  async close(firmId: string, rows: readonly (InboxRow & { readonly ending: Ending })[]): Promise<void> {
    const waitMs = 1_000 + backoffMs(Math.max(...rows.map((row) => row.attempts)));
    await this.database.forFirm(firmId, async (scope) => {
      for (const { id, holder, ending } of rows) {
        const isOpen = ending.state === 'pending';
        await scope.change(
          `update events_in set state = $2, note = $3, matter_id = coalesce($4, matter_id), next_attempt_at = $5, finished_at = $6, holder = null, lease_until = null
            where id = $1 and holder = $7`,
          [
            id,
            ending.state,
            ending.note,
            ending.matterId ?? null,
            isOpen ? this.parts.clock.in(waitMs) : null,
            isOpen ? null : this.parts.clock.now(),
            holder,
          ],
        );
        await this.parts.changes.announce(scope, { kind: 'event', id });
      }
      const next = await this.nextOf(scope, rows[0]);
      if (next) scope.afterCommit(() => this.parts.queue.wake({ topic: 'event_in', firmId, id: next }));
    });
  }

  /** One of those that came while the record was being read: they all wait for one more reading. */
  private async nextOf(scope: FirmScope, row: InboxRow | undefined): Promise<string | null> {
    const types = row?.source === 'smokeball' ? this.handlers.gatheredWith(row.type) : [];
    if (types.length === 0) return null;
    const next = await scope.one<{ id: string }>(
      `select id from events_in where firm_id = $1 and ${IS_OPEN} and resource_id = $3 and type = any ($4) and next_attempt_at <= $2
        order by received_at, id limit 1`,
      [scope.firmId, this.parts.clock.now(), row?.resource_id, types],
    );
    return next?.id ?? null;
  }

  private async takeRecord(
    scope: FirmScope,
    id: string,
    resourceId: string,
    types: readonly string[],
  ): Promise<InboxRow[]> {
    // Two processes must not each find that nobody reads the record.
    await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 16))', [`${scope.firmId}/${resourceId}`]);
    const now = this.parts.clock.now();
    const open = await scope.query<{ id: string; is_read: boolean }>(
      `select id, lease_until is not null and lease_until > $2 as is_read from events_in
        where firm_id = $1 and resource_id = $3 and type = any ($4) and source = 'smokeball' and state in ('pending', 'running')
        order by received_at, id limit ${TOGETHER_MAX}`,
      [scope.firmId, now, resourceId, types],
    );
    if (open.some((one) => one.is_read)) return [];
    return await this.take(scope, id, [...new Set([id, ...open.map((one) => one.id)])]);
  }

  /** Only the one that is due spends an attempt: the others come to their own turn. */
  private async take(scope: FirmScope, id: string, ids: readonly string[]): Promise<InboxRow[]> {
    const rows = await scope.query<InboxRow>(
      `update events_in set state = 'running', holder = $3, lease_until = $4, attempts = attempts + (id = $1)::int
        where id in (select id from events_in where id = any ($5) and ${IS_OPEN} for update skip locked) returning ${COLUMNS}`,
      [id, this.parts.clock.now(), this.parts.link.processNumber, this.parts.clock.in(LEASE_MS), ids],
    );
    return rows.sort((a, b) => a.received_at.getTime() - b.received_at.getTime() || (a.id < b.id ? -1 : 1));
  }
}
