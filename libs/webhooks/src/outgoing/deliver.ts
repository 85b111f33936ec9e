import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Dispatcher, FieldCipher } from '@matterline/platform';
import { backoffMs } from '@matterline/smokeball-client';
import { EventParts } from '../event-parts';
import { endpointPlace } from './endpoints';
import { eventPlace } from './outgoing-events';
import { type PostResult, type SignedMessage, SignedPost } from './signed-post';

/** Source: docs/http-api.md#our-events. */
const KEEP_TRYING_MS = 24 * 3600 * 1000;
const LEASE_MS = 30_000;
const FIRST_RETRY_MS = 5_000;

interface Due {
  readonly id: string;
  readonly event_id: string;
  readonly body_enc: Buffer;
  readonly endpoint_id: string;
  readonly url_enc: Buffer;
  readonly secret_enc: Buffer;
  readonly attempts: number;
  readonly first_tried_at: Date | null;
  readonly endpoint_gone: boolean;
  /** The number under which this process took it; a lost database link gives the process another. */
  readonly holder: number;
}

/** Delivers one event to one endpoint, signed as Standard Webhooks has it (standardwebhooks.com, v1). */
@Injectable()
export class Deliver implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly post: SignedPost,
    private readonly dispatcher: Dispatcher,
    private readonly parts: EventParts,
  ) {}

  onModuleInit(): void {
    this.dispatcher.register('delivery', (firmId, id) => this.run(firmId, id));
  }

  async run(firmId: string, id: string): Promise<void> {
    const due = await this.claim(firmId, id);
    if (!due) return;
    const result = due.endpoint_gone
      ? { status: null, error: 'endpoint removed' }
      : await this.post.send(this.addressed(firmId, due));
    await this.close(firmId, due, result);
  }

  private async claim(firmId: string, id: string): Promise<Due | null> {
    const now = this.parts.clock.now();
    return await this.database.forFirm(firmId, async (scope) => {
      const free = await scope.one(
        `select 1 from deliveries d where d.id = $1 and d.state in ('pending', 'running') and d.next_attempt_at <= $2
           and (d.lease_until is null or d.lease_until <= $2)
           and (d.matter_id is null or not exists (select from deliveries e where e.firm_id = d.firm_id and e.endpoint_id = d.endpoint_id
             and e.matter_id = d.matter_id and e.position < d.position and e.state in ('pending', 'running')))
         for update skip locked`,
        [id, now],
      );
      if (!free) return null;
      await scope.change(
        `update deliveries set state = 'running', holder = $2, lease_until = $3, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $4) where id = $1`,
        [id, this.parts.link.processNumber, this.parts.clock.in(LEASE_MS), now],
      );
      return await scope.one<Due>(
        `select d.id, d.event_id, v.body_enc, d.endpoint_id, p.url_enc, p.secret_enc, d.attempts, d.first_tried_at, p.deleted_at is not null as endpoint_gone, d.holder
           from deliveries d join events_out v on v.id = d.event_id join webhook_endpoints p on p.id = d.endpoint_id where d.id = $1`,
        [id],
      );
    });
  }

  private addressed(firmId: string, due: Due): SignedMessage {
    return {
      url: this.cipher.openText(endpointPlace(firmId, due.endpoint_id, 'url_enc'), due.url_enc),
      secret: this.cipher.openText(endpointPlace(firmId, due.endpoint_id, 'secret_enc'), due.secret_enc),
      id: due.event_id,
      body: this.cipher.openText(eventPlace(firmId, due.event_id), due.body_enc),
    };
  }

  private async close(firmId: string, due: Due, result: PostResult): Promise<void> {
    const isDone = result.error === null;
    const triedMs = this.parts.clock.nowMs() - (due.first_tried_at?.getTime() ?? this.parts.clock.nowMs());
    const state = isDone
      ? 'delivered'
      : due.endpoint_gone
        ? 'cancelled'
        : triedMs > KEEP_TRYING_MS
          ? 'held'
          : 'pending';
    const waitMs = FIRST_RETRY_MS / 2 + backoffMs(due.attempts + 2);
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change(
        `update deliveries set state = $2, last_status = $3, last_error = $4, next_attempt_at = $5, finished_at = $6, holder = null, lease_until = null
          where id = $1 and holder = $7`,
        [
          due.id,
          state,
          result.status,
          result.error,
          state === 'pending' ? this.parts.clock.in(waitMs) : null,
          state === 'pending' ? null : this.parts.clock.now(),
          due.holder,
        ],
      );
    });
    this.parts.metrics.run('delivery', 'casehug', state);
    this.parts.log.info('delivery.run', {
      firm_id: firmId,
      delivery_id: due.id,
      event_id: due.event_id,
      state,
      status: result.status ?? undefined,
      attempt: due.attempts,
    });
  }
}
