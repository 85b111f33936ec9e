import { Injectable } from '@nestjs/common';
import type { OutgoingEventType } from '@matterline/contracts';
import { Clock, FieldCipher, type FirmScope, newId, WorkQueue } from '@matterline/platform';
import { Firms } from '@matterline/auth';

export interface NewEvent {
  readonly type: OutgoingEventType;
  readonly matterId: string | null;
  /** Besides `matter_id` and `occurred_at`, which are added. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The same key is told once, e.g. `matter.linked/mat_1/<smokeball id>`. */
  readonly dedupeKey: string;
  /** Only this endpoint, for a test delivery. */
  readonly endpointId?: string;
}

export const eventPlace = (firmId: string, id: string) => ({ firmId, field: 'events_out.body_enc', rowId: id });

/** Writes down what CaseHug is to be told, in the transaction of what happened. Source: docs/http-api.md#our-events. */
@Injectable()
export class OutgoingEvents {
  constructor(
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly queue: WorkQueue,
    private readonly firms: Firms,
  ) {}

  async emit(scope: FirmScope, event: NewEvent): Promise<void> {
    const id = newId('evt');
    const now = this.clock.now();
    const firm = await this.firms.read(scope);
    const body = {
      id,
      type: event.type,
      created_at: now.toISOString(),
      firm_id: firm.caseHugFirmId,
      data: { matter_id: event.matterId, ...event.data, occurred_at: now.toISOString() },
    };
    // Positions within a matter must follow the order of the commits.
    await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [
      `${scope.firmId}/${event.matterId ?? ''}`,
    ]);
    const stored = await scope.one<{ position: string }>(
      `insert into events_out (id, firm_id, type, matter_id, dedupe_key, body_enc, created_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing returning position`,
      [
        id,
        scope.firmId,
        event.type,
        event.matterId,
        event.dedupeKey,
        this.cipher.sealJson(eventPlace(scope.firmId, id), body),
        now,
      ],
    );
    if (!stored) return;
    const endpoints = await scope.query<{ id: string }>(
      `select id from webhook_endpoints where firm_id = $1 and deleted_at is null
         and (id = $3 or ($3::text is null and state <> 'disabled' and ($2 = any (events) or '*' = any (events)))) order by id`,
      [scope.firmId, event.type, event.endpointId ?? null],
    );
    for (const endpoint of endpoints) await this.addDelivery(scope, id, endpoint.id, stored.position, event.matterId);
  }

  /** @param position the event's, by which deliveries of a matter keep their order */
  async addDelivery(
    scope: FirmScope,
    eventId: string,
    endpointId: string,
    position: string,
    matterId: string | null,
  ): Promise<void> {
    const id = newId('dlv');
    await scope.change(
      `insert into deliveries (id, firm_id, event_id, endpoint_id, position, matter_id, state, created_at, next_attempt_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, 'pending', $7, $7, $7)`,
      [id, scope.firmId, eventId, endpointId, position, matterId, this.clock.now()],
    );
    scope.afterCommit(() => this.queue.wake({ topic: 'delivery', firmId: scope.firmId, id }));
  }
}
