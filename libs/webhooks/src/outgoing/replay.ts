import { Injectable } from '@nestjs/common';
import type { EventReplay, Replayed, WebhookReplay } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Clock, Database, type FirmScope, WorkQueue } from '@matterline/platform';
import { OutgoingEvents } from './outgoing-events';

/** Enough to begin with; whoever is done wakes the next, and a sweep finds the rest. */
const WOKEN_AT_ONCE = 6;

/** As if it had never been tried, with its old place in the order of its matter. The attempts stay. */
const AGAIN = `state = 'pending', next_attempt_at = $2, finished_at = null, first_tried_at = null, attempts_before = attempts, replayed_at = $2,
  updated_at = $2`;

interface Event {
  readonly id: string;
  readonly position: string;
  readonly matter_id: string | null;
}

/** Sends again what was delivered, held or dropped, under the same `webhook-id`, by which a receiver knows a repeat. */
@Injectable()
export class Replay {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly queue: WorkQueue,
    private readonly events: OutgoingEvents,
  ) {}

  /** One event, to every address that it went to, or to one, also if that was registered later. @throws ApiError 404. */
  async event(firmId: string, id: string, { webhook_id: webhookId }: EventReplay, actor: string): Promise<Replayed> {
    return await this.database.forFirm(firmId, async (scope) => {
      const event = await scope.one<Event>(
        'select id, position, matter_id from events_out where firm_id = $1 and id = $2',
        [firmId, id],
      );
      if (!event) throw ApiError.notFound('event');
      const endpoints = await this.open(scope, webhookId ?? null, id);
      if (webhookId !== undefined && endpoints.length === 0) throw ApiError.notFound('webhook');
      const again = await scope.query<{ id: string }>(
        `update deliveries set ${AGAIN} where firm_id = $1 and event_id = $3 and endpoint_id = any ($4)
           and state in ('delivered', 'held', 'cancelled') returning id`,
        [firmId, this.clock.now(), id, endpoints],
      );
      const isNew = webhookId !== undefined && !(await this.isKnown(scope, id, webhookId));
      if (isNew) await this.events.addDelivery(scope, id, webhookId, event.position, event.matter_id);
      const replayed = again.length + (isNew ? 1 : 0);
      const all = await scope.one<{ count: number }>(
        `select count(*)::int as count from deliveries where firm_id = $1 and event_id = $2 and endpoint_id = any ($3)`,
        [firmId, id, endpoints],
      );
      this.wake(scope, again);
      await this.audit.record(scope, {
        actor,
        action: 'event.replay',
        subject: `event:${id}`,
        detail: { webhook_id: webhookId, replayed },
      });
      return { replayed, waiting: (all?.count ?? 0) - replayed };
    });
  }

  /** All that is held for one address, in the order in which it happened. @throws ApiError 404. */
  async webhook(firmId: string, id: string, { since }: WebhookReplay, actor: string): Promise<Replayed> {
    return await this.database.forFirm(firmId, async (scope) => {
      if ((await this.open(scope, id, null)).length === 0) throw ApiError.notFound('webhook');
      const from = since === undefined ? null : new Date(since);
      const again = await scope.query<{ id: string; position: string }>(
        `update deliveries set ${AGAIN} where firm_id = $1 and endpoint_id = $3 and state = 'held'
           and ($4::timestamptz is null or created_at >= $4) returning id, position`,
        [firmId, this.clock.now(), id, from],
      );
      const waiting = await scope.one<{ count: number }>(
        `select count(*)::int as count from deliveries where firm_id = $1 and endpoint_id = $2 and state in ('pending', 'running')
           and ($3::timestamptz is null or created_at >= $3)`,
        [firmId, id, from],
      );
      this.wake(
        scope,
        again.toSorted((left, right) => Number(BigInt(left.position) - BigInt(right.position))),
      );
      await this.audit.record(scope, {
        actor,
        action: 'webhook.replay',
        subject: `webhook:${id}`,
        detail: { since, replayed: again.length },
      });
      return { replayed: again.length, waiting: (waiting?.count ?? 0) - again.length };
    });
  }

  /** The addresses meant, locked; a person asks for this, so a pause that has begun ends for one try. */
  private async open(scope: FirmScope, webhookId: string | null, eventId: string | null): Promise<string[]> {
    const rows = await scope.query<{ id: string }>(
      `update webhook_endpoints set not_before = null, updated_at = $2
        where firm_id = $1 and deleted_at is null
          and (id = $3 or ($3::text is null and id in (select endpoint_id from deliveries where firm_id = $1 and event_id = $4))) returning id`,
      [scope.firmId, this.clock.now(), webhookId, eventId],
    );
    return rows.map(({ id }) => id);
  }

  private async isKnown(scope: FirmScope, eventId: string, webhookId: string): Promise<boolean> {
    const known = await scope.one(
      'select 1 from deliveries where firm_id = $1 and event_id = $2 and endpoint_id = $3',
      [scope.firmId, eventId, webhookId],
    );
    return known !== null;
  }

  private wake(scope: FirmScope, deliveries: readonly { readonly id: string }[]): void {
    for (const { id } of deliveries.slice(0, WOKEN_AT_ONCE))
      scope.afterCommit(() => this.queue.wake({ topic: 'delivery', firmId: scope.firmId, id }));
  }
}
