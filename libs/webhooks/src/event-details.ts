import { Injectable } from '@nestjs/common';
import type { Delivery, EventDetail, EventRecord } from '@matterline/contracts';
import { ApiError, Database, type FirmScope } from '@matterline/platform';

export interface EventRow extends Omit<EventRecord, 'at'> {
  readonly at: Date;
}

interface DeliveryRow extends Omit<Delivery, 'next_attempt_at' | 'attempts'> {
  readonly next_attempt_at: Date | null;
}

interface AttemptRow {
  readonly delivery_id: string;
  readonly number: number;
  readonly started_at: Date;
  readonly duration_ms: number | null;
  readonly status: number | null;
  readonly error: string | null;
}

/** Both directions' events of the firm `$1`. */
export const EVENT_LOG = `(select id, 'in' as direction, source, type, received_at as at, state, matter_id, note from events_in where firm_id = $1
  union all
  select e.id, 'out', 'casehug', e.type, e.created_at, coalesce((select min(d.state) from deliveries d where d.event_id = e.id), 'not sent'), e.matter_id,
    (select max(d.last_error) from deliveries d where d.event_id = e.id) from events_out e where e.firm_id = $1)`;

/** One event with each address it went to, and how that went. */
@Injectable()
export class EventDetails {
  constructor(private readonly database: Database) {}

  /** @throws ApiError 404. */
  async read(firmId: string, id: string): Promise<EventDetail> {
    return await this.database.forFirm(firmId, async (scope) => {
      const event = await scope.one<EventRow>(`select * from ${EVENT_LOG} log where id = $2`, [firmId, id]);
      if (!event) throw ApiError.notFound('event');
      return { ...event, at: event.at.toISOString(), deliveries: await this.deliveries(scope, id) };
    });
  }

  private async deliveries(scope: FirmScope, eventId: string): Promise<Delivery[]> {
    const rows = await scope.query<DeliveryRow>(
      `select id, endpoint_id as webhook_id, state, attempts as attempt_count, next_attempt_at from deliveries
        where firm_id = $1 and event_id = $2 order by created_at, id`,
      [scope.firmId, eventId],
    );
    const attempts = await scope.query<AttemptRow>(
      `select delivery_id, number, started_at, duration_ms, status, error from delivery_attempts
        where firm_id = $1 and delivery_id = any ($2) order by number desc`,
      [scope.firmId, rows.map(({ id }) => id)],
    );
    return rows.map((row) => ({
      ...row,
      next_attempt_at: row.next_attempt_at?.toISOString() ?? null,
      attempts: attempts
        .filter((attempt) => attempt.delivery_id === row.id)
        .map(({ number, started_at, duration_ms, status, error }) => ({
          number,
          started_at: started_at.toISOString(),
          duration_ms,
          status,
          error,
        })),
    }));
  }
}
