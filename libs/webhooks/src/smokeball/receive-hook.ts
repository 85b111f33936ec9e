import { Injectable } from '@nestjs/common';
import { type ConnectionRow, connectionPlace, Firms, readConnection, SmokeballAccess } from '@matterline/auth';
import { Clock, Database, FieldCipher, type FirmScope, Log, sha256Hex } from '@matterline/platform';
import { readWebhookNotification, verifySmokeballWebhook } from '@matterline/smokeball-client';
import { Inbox } from '../inbox';

export interface HookDelivery {
  readonly timestamp: string | undefined;
  readonly requestId: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

export type HookOutcome =
  'stored' | 'repeat' | 'unknown_hook' | 'stale' | 'not_json' | 'missing' | 'bad_signature' | 'bad_timestamp';

const TOLERANCE_S = 300;

/** The platform's pieces that receiving needs. */
@Injectable()
export class HookParts {
  constructor(
    readonly clock: Clock,
    readonly log: Log,
  ) {}
}

/** Believes a delivery's origin and freshness, never its content: the signature does not cover the body. */
@Injectable()
export class ReceiveHook {
  constructor(
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly access: SmokeballAccess,
    private readonly cipher: FieldCipher,
    private readonly inbox: Inbox,
    private readonly parts: HookParts,
  ) {}

  async receive(hookId: string, delivery: HookDelivery): Promise<HookOutcome> {
    const [found] = await this.database.directory<{ firm_id: string }>('find_hook($1)', [hookId]);
    if (!found) return 'unknown_hook';
    const place = await this.access.place(found.firm_id);
    return await this.database.forFirm(found.firm_id, async (scope) => {
      const connection = await readConnection(scope);
      if (!connection?.hook_key_enc || !place) return 'unknown_hook';
      const { tolerance_s: toleranceS } = (await this.firms.read(scope)).settings;
      const verdict = verifySmokeballWebhook({
        key: this.cipher.openText(connectionPlace(scope.firmId, 'hook_key_enc'), connection.hook_key_enc),
        clientId: place.app.clientId,
        timestamp: delivery.timestamp,
        requestId: delivery.requestId,
        signature: delivery.signature,
        nowMs: this.parts.clock.nowMs(),
        toleranceS: toleranceS ?? TOLERANCE_S,
      });
      if (!verdict.ok) {
        this.parts.log.warn('hook.refused', { firm_id: scope.firmId, code: verdict.reason });
        return verdict.reason;
      }
      return await this.store(scope, connection, delivery);
    });
  }

  private async store(scope: FirmScope, connection: ConnectionRow, delivery: HookDelivery): Promise<HookOutcome> {
    const reading = readWebhookNotification(delivery.body);
    if (!reading.ok) return reading.detail === 'not JSON' ? 'not_json' : await this.storeUnreadable(scope, delivery);
    const { notification } = reading;
    const isForeign = notification.accountId !== connection.account_id && notification.type !== 'mattertype.updated';
    const resourceId = typeof notification.payload.id === 'string' ? notification.payload.id : null;
    const isNew = await this.inbox.store(scope, {
      source: 'smokeball',
      type: notification.type,
      resourceId,
      requestId: delivery.requestId ?? null,
      body: delivery.body,
      dedupe: [
        notification.subscriptionId ?? '',
        notification.type,
        resourceId ?? '',
        String(notification.timestamp ?? ''),
        contentHash(delivery.body),
      ],
      ignoredBecause: isForeign ? 'it names another account' : undefined,
    });
    await scope.change('update connections set last_event_at = $2 where firm_id = $1', [
      scope.firmId,
      this.parts.clock.now(),
    ]);
    return isNew ? 'stored' : 'repeat';
  }

  /** JSON of a shape nobody knows: kept and shown, never acted on. */
  private async storeUnreadable(scope: FirmScope, delivery: HookDelivery): Promise<HookOutcome> {
    const isNew = await this.inbox.store(scope, {
      source: 'smokeball',
      type: 'unreadable',
      resourceId: null,
      requestId: delivery.requestId ?? null,
      body: delivery.body,
      dedupe: ['unreadable', contentHash(delivery.body)],
      ignoredBecause: 'its shape is not known',
    });
    return isNew ? 'stored' : 'repeat';
  }
}

const contentHash = (body: Buffer) => sha256Hex(body);
