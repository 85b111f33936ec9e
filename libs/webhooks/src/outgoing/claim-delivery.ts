import { Injectable } from '@nestjs/common';
import { Database, type FirmScope } from '@matterline/platform';
import { EventParts } from '../event-parts';
import { AT_ONCE } from './endpoint-health';

const LEASE_MS = 30_000;
const INTERRUPTED = 'interrupted';

/** A delivery this process has taken. */
export interface Claimed {
  readonly id: string;
  readonly event_id: string;
  readonly body_enc: Buffer;
  readonly endpoint_id: string;
  readonly url_enc: Buffer;
  readonly secret_enc: Buffer;
  readonly attempts: number;
  readonly attempts_before: number;
  readonly first_tried_at: Date | null;
  readonly endpoint_gone: boolean;
  /** The number under which this process took it; a lost database link gives the process another. */
  readonly holder: number;
}

interface EndpointRoom {
  readonly failures: number;
  readonly is_gone: boolean;
  readonly is_open: boolean;
}

/** Takes a due delivery for this process, unless an earlier one of its matter or the state of its address stands in the way. */
@Injectable()
export class ClaimDelivery {
  constructor(
    private readonly database: Database,
    private readonly parts: EventParts,
  ) {}

  async claim(firmId: string, id: string): Promise<Claimed | null> {
    const now = this.parts.clock.now();
    return await this.database.forFirm(firmId, async (scope) => {
      const due = await scope.one<{ endpoint_id: string }>(
        `select endpoint_id from deliveries where id = $1 and state in ('pending', 'running') and next_attempt_at <= $2
           and (lease_until is null or lease_until <= $2)`,
        [id, now],
      );
      if (!due) return null;
      const most = await this.roomAt(scope, due.endpoint_id, now);
      if (most === 0 || !(await this.isFree(scope, id, now, most))) return null;
      return await this.take(scope, id, now);
    });
  }

  /** How many may be under way at the address; its row stays locked until the claim stands, so that two processes count alike. */
  private async roomAt(scope: FirmScope, endpointId: string, now: Date): Promise<number> {
    const endpoint = await scope.one<EndpointRoom>(
      `select failures, deleted_at is not null as is_gone, not_before is null or not_before <= $2 as is_open
         from webhook_endpoints where id = $1 for no key update`,
      [endpointId, now],
    );
    if (!endpoint) return 0;
    if (endpoint.is_gone) return AT_ONCE;
    if (!endpoint.is_open) return 0;
    return endpoint.failures > 0 ? 1 : AT_ONCE;
  }

  private async isFree(scope: FirmScope, id: string, now: Date, most: number): Promise<boolean> {
    const free = await scope.one(
      `select 1 from deliveries d where d.id = $1 and d.state in ('pending', 'running') and d.next_attempt_at <= $2
         and (d.lease_until is null or d.lease_until <= $2)
         and (d.matter_id is null or not exists (select from deliveries e where e.firm_id = d.firm_id and e.endpoint_id = d.endpoint_id
           and e.matter_id = d.matter_id and e.position < d.position and e.state in ('pending', 'running')))
         and (select count(*) from deliveries e where e.endpoint_id = d.endpoint_id and e.state = 'running' and e.lease_until > $2) < $3
       for update skip locked`,
      [id, now, most],
    );
    return free !== null && free !== undefined;
  }

  private async take(scope: FirmScope, id: string, now: Date): Promise<Claimed | null> {
    await scope.change(
      `update deliveries set state = 'running', holder = $2, lease_until = $3, attempts = attempts + 1,
         first_tried_at = coalesce(first_tried_at, $4), updated_at = $4 where id = $1`,
      [id, this.parts.link.processNumber, this.parts.clock.in(LEASE_MS), now],
    );
    const claimed = await scope.one<Claimed>(
      `select d.id, d.event_id, v.body_enc, d.endpoint_id, p.url_enc, p.secret_enc, d.attempts, d.attempts_before, d.first_tried_at,
              p.deleted_at is not null as endpoint_gone, d.holder
         from deliveries d join events_out v on v.id = d.event_id join webhook_endpoints p on p.id = d.endpoint_id where d.id = $1`,
      [id],
    );
    if (!claimed) return null;
    if (claimed.attempts > 1)
      await scope.change(
        'update delivery_attempts set error = $2, duration_ms = 0 where delivery_id = $1 and duration_ms is null',
        [id, INTERRUPTED],
      );
    await scope.change(
      'insert into delivery_attempts (delivery_id, firm_id, number, started_at) values ($1, $2, $3, $4)',
      [id, scope.firmId, claimed.attempts, now],
    );
    return claimed;
  }
}
