import { Injectable } from '@nestjs/common';
import type { DeliveryState } from '@matterline/contracts';
import { Database, type FirmScope, WorkQueue } from '@matterline/platform';
import { EventParts } from '../event-parts';
import type { Claimed } from './claim-delivery';
import { fateOf } from './delivery-fate';
import { EndpointStates } from './endpoint-states';
import type { PostResult } from './signed-post';

/** Of each delivery; older ones are forgotten. Source: docs/http-api.md#our-events. */
const ATTEMPTS_KEPT = 50;
/** Failures since the last success. */
const IN_TROUBLE = 3;

/** Writes down how a try went, and what it means for the delivery and its address. */
@Injectable()
export class CloseDelivery {
  constructor(
    private readonly database: Database,
    private readonly parts: EventParts,
    private readonly states: EndpointStates,
    private readonly queue: WorkQueue,
  ) {}

  /** @returns null when another process has taken it over meanwhile: then its result counts, and not this one. */
  async close(firmId: string, claimed: Claimed, result: PostResult, durationMs: number): Promise<DeliveryState | null> {
    return await this.database.forFirm(firmId, async (scope) => {
      const known = await this.states.lock(scope, claimed.endpoint_id);
      const isOurs = await scope.one('select 1 from deliveries where id = $1 and holder = $2 and attempts = $3', [
        claimed.id,
        claimed.holder,
        claimed.attempts,
      ]);
      if (!known || !isOurs) return null;
      const lesson = await this.states.learn(scope, known, result);
      const nowMs = this.parts.clock.nowMs();
      const fate = fateOf({
        result,
        attempt: claimed.attempts - claimed.attempts_before,
        triedMs: nowMs - (claimed.first_tried_at?.getTime() ?? nowMs),
        isEndpointGone: lesson.state === 'gone',
        isEndpointDisabled: lesson.state === 'disabled',
      });
      const now = this.parts.clock.now();
      await scope.change(
        `update deliveries set state = $2, last_status = $3, last_error = $4, next_attempt_at = $5, finished_at = $6, updated_at = $7,
           holder = null, lease_until = null where id = $1`,
        [
          claimed.id,
          fate.state,
          result.status,
          result.error,
          fate.waitMs === null ? null : this.parts.clock.in(fate.waitMs),
          fate.waitMs === null ? now : null,
          now,
        ],
      );
      await this.keepAttempt(scope, claimed, result, durationMs);
      await this.parts.changes.announce(scope, { kind: 'event', id: claimed.event_id });
      // An address in trouble is not hammered: its next waits for the sweep, which takes one a second.
      if (lesson.failures < IN_TROUBLE) await this.wakeNext(scope, claimed.endpoint_id);
      return fate.state;
    });
  }

  private async keepAttempt(scope: FirmScope, { id, attempts }: Claimed, result: PostResult, durationMs: number) {
    await scope.change(
      'update delivery_attempts set duration_ms = $3, status = $4, error = $5 where delivery_id = $1 and number = $2',
      [id, attempts, Math.max(0, Math.round(durationMs)), result.status, result.error],
    );
    if (attempts > ATTEMPTS_KEPT)
      await scope.change('delete from delivery_attempts where delivery_id = $1 and number <= $2', [
        id,
        attempts - ATTEMPTS_KEPT,
      ]);
  }

  private async wakeNext(scope: FirmScope, endpointId: string): Promise<void> {
    const next = await scope.one<{ id: string }>(
      `select d.id from deliveries d where d.endpoint_id = $1 and d.state = 'pending' and d.next_attempt_at <= $2
         and (d.matter_id is null or not exists (select from deliveries e where e.firm_id = d.firm_id and e.endpoint_id = d.endpoint_id
           and e.matter_id = d.matter_id and e.position < d.position and e.state in ('pending', 'running')))
       order by d.next_attempt_at, d.position limit 1`,
      [endpointId, this.parts.clock.now()],
    );
    if (next) scope.afterCommit(() => this.queue.wake({ topic: 'delivery', firmId: scope.firmId, id: next.id }));
  }
}
