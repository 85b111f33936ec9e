import { Injectable } from '@nestjs/common';
import type { WebhookState } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import type { FirmScope } from '@matterline/platform';
import { EventParts } from '../event-parts';
import { type EndpointHealth, healthAfter } from './endpoint-health';
import { EndpointListeners } from './endpoint-listeners';
import type { PostResult } from './signed-post';

export interface KnownEndpoint extends EndpointHealth {
  readonly id: string;
  readonly isGone: boolean;
}

export interface Lesson {
  readonly state: WebhookState | 'gone';
  /** Since the last success. */
  readonly failures: number;
}

/** Keeps what is known about each address's health, and announces when it is paused, disabled or well again. */
@Injectable()
export class EndpointStates {
  constructor(
    private readonly parts: EventParts,
    private readonly listeners: EndpointListeners,
    private readonly audit: AuditTrail,
  ) {}

  /** What is known of it; nobody else changes that, or takes one of its deliveries, before the transaction ends. */
  async lock(scope: FirmScope, id: string): Promise<KnownEndpoint | null> {
    return await scope.one<KnownEndpoint>(
      `select id, state, failures, failing_since as "failingSince", paused_since as "pausedSince", probes, not_before as "notBefore",
              last_error as "lastError", deleted_at is not null as "isGone"
         from webhook_endpoints where id = $1 for no key update`,
      [id],
    );
  }

  /** Takes the lesson of one try. */
  async learn(scope: FirmScope, before: KnownEndpoint, result: PostResult): Promise<Lesson> {
    const { id } = before;
    if (before.isGone) return { state: 'gone', failures: 0 };
    if (result.error === null && before.failures === 0 && before.state === 'active' && before.notBefore === null)
      return before;
    const after = healthAfter(before, result, this.parts.clock.nowMs());
    await scope.change(
      `update webhook_endpoints set state = $2, failures = $3, failing_since = $4, paused_since = $5, probes = $6, not_before = $7,
         last_error = $8, updated_at = $9 where id = $1`,
      [
        id,
        after.state,
        after.failures,
        after.failingSince,
        after.pausedSince,
        after.probes,
        after.notBefore,
        after.lastError,
        this.parts.clock.now(),
      ],
    );
    if (after.state === 'disabled') await this.holdAll(scope, id);
    if (after.state !== before.state) await this.announce(scope, id, before, after);
    return after;
  }

  private async announce(scope: FirmScope, id: string, before: EndpointHealth, after: EndpointHealth): Promise<void> {
    const now = this.parts.clock.now();
    if (after.state === 'active') {
      await this.goOn(scope, id);
      await this.listeners.resumed(scope, id);
    } else
      await this.listeners.paused(scope, {
        webhookId: id,
        since: after.pausedSince ?? now,
        error: after.lastError ?? '',
        isDisabled: after.state === 'disabled',
      });
    await this.parts.changes.announce(scope, { kind: 'webhook', id });
    this.parts.log.warn('webhook.state', { firm_id: scope.firmId, state: after.state, type: before.state });
    await this.audit.record(scope, {
      actor: 'system',
      action: `webhook.${after.state === 'active' ? 'resume' : after.state === 'paused' ? 'pause' : 'disable'}`,
      subject: `webhook:${id}`,
      detail: { error: after.lastError },
    });
  }

  /** What waited goes on at once, in the order in which it happened. */
  private async goOn(scope: FirmScope, id: string): Promise<void> {
    await scope.change(
      `update deliveries set next_attempt_at = $2, updated_at = $2 where endpoint_id = $1 and state = 'pending'`,
      [id, this.parts.clock.now()],
    );
  }

  private async holdAll(scope: FirmScope, id: string): Promise<void> {
    await scope.change(
      `update deliveries set state = 'held', next_attempt_at = null, finished_at = $2, updated_at = $2
        where endpoint_id = $1 and state = 'pending'`,
      [id, this.parts.clock.now()],
    );
  }
}
