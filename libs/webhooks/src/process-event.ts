import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Dispatcher } from '@matterline/platform';
import { readWebhookNotification, type WebhookNotification } from '@matterline/smokeball-client';
import { type Ending, EventClaims, type InboxRow } from './event-claims';
import { type EventEffect, EventHandlers, EventNotYet } from './event-handlers';
import { EventParts } from './event-parts';
import { type Echo, Echoes } from './smokeball/echoes';

/** At the backoff's longest waits this is more than a day, so that a day without Smokeball loses no event. */
const GIVE_UP_AFTER = 250;

type Ended = InboxRow & { readonly ending: Ending };
interface Heard {
  readonly row: InboxRow;
  readonly echo: Echo;
  readonly notification: WebhookNotification;
}

/** Works through stored events, each once, whatever becomes of the process; those of one record together. */
@Injectable()
export class ProcessEvent implements OnModuleInit {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly claims: EventClaims,
    private readonly handlers: EventHandlers,
    private readonly echoes: Echoes,
    private readonly parts: EventParts,
  ) {}

  onModuleInit(): void {
    this.dispatcher.register('event_in', (firmId, id) => this.run(firmId, id));
  }

  async run(firmId: string, id: string): Promise<void> {
    const rows = await this.claims.claim(firmId, id);
    if (rows.length === 0) return;
    const ended = await this.handle(firmId, id, rows);
    await this.claims.close(firmId, ended);
    for (const row of ended) {
      this.parts.metrics.run('event_in', row.source, row.ending.state);
      const { type, attempts: attempt } = row;
      this.parts.log.info('event.run', { firm_id: firmId, event_id: row.id, type, state: row.ending.state, attempt });
    }
  }

  private async handle(firmId: string, id: string, rows: readonly InboxRow[]): Promise<Ended[]> {
    try {
      const [first] = rows;
      return first?.source === 'casehug' ? await this.caseHug(firmId, first) : await this.smokeball(firmId, id, rows);
    } catch (error) {
      if (!(error instanceof EventNotYet))
        this.parts.log.error('event.failed', { firm_id: firmId, event_id: id, type: rows[0]?.type ?? '', error });
      const note = error instanceof EventNotYet ? error.message : 'it could not be processed';
      return rows.map((row) => {
        const isLast = row.attempts >= GIVE_UP_AFTER;
        return { ...row, ending: { state: isLast ? 'failed' : 'pending', note } };
      });
    }
  }

  private async smokeball(firmId: string, id: string, rows: readonly InboxRow[]): Promise<Ended[]> {
    const ended: Ended[] = [];
    const heard: Heard[] = [];
    for (const row of rows) {
      const reading = readWebhookNotification(await this.claims.body(firmId, row));
      if (!reading.ok) {
        ended.push(endedWith(row, { note: 'its shape is not known' }));
        continue;
      }
      const { notification } = reading;
      const echo = await this.echoes.settle(firmId, row.type, row.resource_id, row.request_id, notification);
      if (echo.isFinal || !this.handlers.forSmokeball(row.type)) ended.push(endedWith(row, this.unhandled(row, echo)));
      else heard.push({ row, echo, notification });
    }
    return [...ended, ...(await this.read(firmId, id, heard))];
  }

  /** Events of one record: it is read once for all of them. */
  private async read(firmId: string, id: string, heard: readonly Heard[]): Promise<Ended[]> {
    const foreign = heard.filter(({ echo }) => !echo.isEcho);
    const leader = foreign.find(({ row }) => row.id === id) ?? foreign[0] ?? heard[0];
    const handler = leader && this.handlers.forSmokeball(leader.row.type);
    if (!handler) return [];
    const { row, notification } = leader;
    const effect = await handler({
      firmId,
      id: row.id,
      type: row.type,
      resourceId: row.resource_id,
      requestId: row.request_id,
      isEcho: foreign.length === 0,
      notification,
      together: heard.map((one) => ({
        type: one.row.type,
        isEcho: one.echo.isEcho,
        notification: one.notification,
      })),
    });
    const note = heard.length === 1 ? effect.note : `${effect.note} (one reading for ${heard.length} events)`;
    return heard.map((one) => endedWith(one.row, { note, matterId: effect.matterId ?? one.echo.matterId }));
  }

  private unhandled(row: InboxRow, echo: Echo): EventEffect | null {
    const note = echo.note ?? this.handlers.shownBecause(row.type);
    return note === null ? null : { note, matterId: echo.matterId };
  }

  private async caseHug(firmId: string, row: InboxRow): Promise<Ended[]> {
    const body = await this.claims.body(firmId, row);
    const envelope = JSON.parse(body.toString('utf8')) as { data?: unknown };
    const data =
      typeof envelope.data === 'object' && envelope.data !== null ? (envelope.data as Record<string, unknown>) : {};
    const handler = this.handlers.forCaseHug(row.type);
    return [endedWith(row, handler ? await handler({ firmId, id: row.id, type: row.type, data }) : null)];
  }
}

function endedWith(row: InboxRow, effect: EventEffect | null): Ended {
  const ignored = { state: 'ignored', note: 'nothing is done for this type' } as const;
  return { ...row, ending: effect ? { state: 'done', ...effect } : ignored };
}
