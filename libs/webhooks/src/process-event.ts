import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Dispatcher, FieldCipher } from '@matterline/platform';
import { backoffMs, readWebhookNotification } from '@matterline/smokeball-client';
import { type EventEffect, EventHandlers, EventNotYet } from './event-handlers';
import { inboxPlace } from './inbox';
import { Echoes } from './smokeball/echoes';
import { EventParts } from './event-parts';

const LEASE_MS = 60_000;
/** At the backoff's longest waits this is more than a day, so that a day without Smokeball loses no event. */
const GIVE_UP_AFTER = 250;

interface InboxRow {
  readonly id: string;
  readonly source: 'smokeball' | 'casehug';
  readonly type: string;
  readonly resource_id: string | null;
  readonly request_id: string | null;
  readonly body_enc: Buffer;
  readonly attempts: number;
  /** The number under which this process took it; a lost database link gives the process another. */
  readonly holder: number;
}

interface Ending {
  readonly state: 'done' | 'ignored' | 'pending' | 'failed';
  readonly note: string;
  readonly matterId?: string | null;
}

/** Works through stored events, each once, whatever becomes of the process. */
@Injectable()
export class ProcessEvent implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly dispatcher: Dispatcher,
    private readonly handlers: EventHandlers,
    private readonly echoes: Echoes,
    private readonly cipher: FieldCipher,
    private readonly parts: EventParts,
  ) {}

  onModuleInit(): void {
    this.dispatcher.register('event_in', (firmId, id) => this.run(firmId, id));
  }

  async run(firmId: string, id: string): Promise<void> {
    const row = await this.claim(firmId, id);
    if (!row) return;
    const ending = await this.handle(firmId, row);
    await this.close(firmId, row, ending);
    this.parts.metrics.run('event_in', row.source, ending.state);
    this.parts.log.info('event.run', {
      firm_id: firmId,
      event_id: id,
      type: row.type,
      state: ending.state,
      attempt: row.attempts,
    });
  }

  private async handle(firmId: string, row: InboxRow): Promise<Ending> {
    try {
      const body = this.cipher.openBytes(inboxPlace(firmId, row.id), row.body_enc);
      const effect =
        row.source === 'smokeball' ? await this.smokeball(firmId, row, body) : await this.caseHug(firmId, row, body);
      return effect ? { state: 'done', ...effect } : { state: 'ignored', note: 'nothing is done for this type' };
    } catch (error) {
      const isLast = row.attempts >= GIVE_UP_AFTER;
      if (!(error instanceof EventNotYet))
        this.parts.log.error('event.failed', { firm_id: firmId, event_id: row.id, type: row.type, error });
      return {
        state: isLast ? 'failed' : 'pending',
        note: error instanceof EventNotYet ? error.message : 'it could not be processed',
      };
    }
  }

  private async smokeball(firmId: string, row: InboxRow, body: Buffer): Promise<EventEffect | null> {
    const reading = readWebhookNotification(body);
    if (!reading.ok) return { note: 'its shape is not known' };
    const echo = await this.echoes.settle(firmId, row.type, row.resource_id, row.request_id, reading.notification);
    const handler = this.handlers.forSmokeball(row.type);
    if (!handler) return echo.note === null ? null : { note: echo.note, matterId: echo.matterId };
    if (echo.isFinal) return { note: echo.note ?? 'our own change', matterId: echo.matterId };
    const event = {
      firmId,
      id: row.id,
      type: row.type,
      resourceId: row.resource_id,
      requestId: row.request_id,
      isEcho: echo.isEcho,
      notification: reading.notification,
    };
    return await handler(event);
  }

  private async caseHug(firmId: string, row: InboxRow, body: Buffer): Promise<EventEffect | null> {
    const envelope = JSON.parse(body.toString('utf8')) as { data?: unknown };
    const data =
      typeof envelope.data === 'object' && envelope.data !== null ? (envelope.data as Record<string, unknown>) : {};
    const handler = this.handlers.forCaseHug(row.type);
    return handler ? await handler({ firmId, id: row.id, type: row.type, data }) : null;
  }

  private async claim(firmId: string, id: string): Promise<InboxRow | null> {
    const now = this.parts.clock.now();
    return await this.database.forFirm(firmId, (scope) =>
      scope.one<InboxRow>(
        `update events_in set state = 'running', holder = $3, lease_until = $4, attempts = attempts + 1
          where id = (select id from events_in where id = $1 and state in ('pending', 'running') and next_attempt_at <= $2
            and (lease_until is null or lease_until <= $2) for update skip locked)
          returning id, source, type, resource_id, request_id, body_enc, attempts, holder`,
        [id, now, this.parts.link.processNumber, this.parts.clock.in(LEASE_MS)],
      ),
    );
  }

  private async close(firmId: string, row: InboxRow, ending: Ending): Promise<void> {
    const isOpen = ending.state === 'pending';
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change(
        `update events_in set state = $2, note = $3, matter_id = coalesce($4, matter_id), next_attempt_at = $5, finished_at = $6, holder = null, lease_until = null
          where id = $1 and holder = $7`,
        [
          row.id,
          ending.state,
          ending.note,
          ending.matterId ?? null,
          isOpen ? this.parts.clock.in(1_000 + backoffMs(row.attempts)) : null,
          isOpen ? null : this.parts.clock.now(),
          row.holder,
        ],
      );
      await this.parts.changes.announce(scope, { kind: 'event', id: row.id });
    });
  }
}
