import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Clock, Log } from '@matterline/platform';
import { verifySmokeballWebhook } from '@matterline/smokeball-client';
import { SharedInbox } from '../shared-inbox';
import { type Hook, HookBook } from './hook-book';
import { readDelivery } from './read-delivery';

export interface HookDelivery {
  readonly timestamp: string | undefined;
  readonly requestId: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/** Smokeball sends each header once; what came twice is joined with a comma by Node, and no signature. */
export function deliveryOf(headers: IncomingHttpHeaders, body: Buffer = Buffer.alloc(0)): HookDelivery {
  const one = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { timestamp: one('timestamp'), requestId: one('requestid'), signature: one('signature'), body };
}

export type HookOutcome =
  | 'stored'
  | 'repeat'
  | 'unknown_hook'
  | 'stale'
  | 'not_json'
  | 'unstorable'
  | 'missing'
  | 'bad_signature'
  | 'bad_timestamp';

/** Believes a delivery's origin and freshness, never its content: the signature does not cover the body. */
@Injectable()
export class ReceiveHook {
  constructor(
    private readonly hooks: HookBook,
    private readonly inbox: SharedInbox,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @returns `stored` and `repeat` only once the row stands. */
  async receive(hookId: string, delivery: HookDelivery): Promise<HookOutcome> {
    const hook = this.hooks.known(hookId) ?? (await this.hooks.look(hookId));
    if (!hook) return 'unknown_hook';
    const verdict = verifySmokeballWebhook({
      key: hook.key,
      clientId: hook.clientId,
      timestamp: delivery.timestamp,
      requestId: delivery.requestId,
      signature: delivery.signature,
      nowMs: this.clock.nowMs(),
      toleranceS: hook.toleranceS,
    });
    if (!verdict.ok) {
      this.log.warn('hook.refused', { firm_id: hook.firmId, code: verdict.reason });
      return verdict.reason;
    }
    return await this.store(hook, delivery);
  }

  private async store(hook: Hook, { body, requestId }: HookDelivery): Promise<HookOutcome> {
    const reading = readDelivery(body, requestId ?? null, hook.accountId);
    if (!reading.ok) return reading.reason;
    return (await this.inbox.store(hook.firmId, reading.event)) ? 'stored' : 'repeat';
  }
}
