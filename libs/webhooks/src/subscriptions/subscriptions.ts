import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HookState } from '@matterline/contracts';
import { type ConnectionRow, connectionPlace, readConnection, SmokeballAccess } from '@matterline/auth';
import { ChangeNotices, Clock, type Config, CONFIG, Database, FieldCipher, Log, newSecret } from '@matterline/platform';
import type { CallContext, SmokeballClient } from '@matterline/smokeball-client';
import { EventHandlers } from '../event-handlers';

const NAME = 'Matterline';
/** Wanted besides what rooms handle: late refusals, and the test event. */
const ALWAYS = ['error'];

/** The platform's pieces that subscriptions need. */
@Injectable()
export class SubscriptionParts {
  constructor(
    readonly clock: Clock,
    readonly changes: ChangeNotices,
    readonly log: Log,
  ) {}
}

/** The one webhook registration of a firm's connection: found again by its address, never a second one, nobody else's touched. */
@Injectable()
export class Subscriptions {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    private readonly handlers: EventHandlers,
    private readonly cipher: FieldCipher,
    private readonly parts: SubscriptionParts,
  ) {}

  /** Makes sure that it stands. @returns how it is now. */
  async ensure(firmId: string): Promise<HookState> {
    const row = await this.database.forFirm(firmId, readConnection);
    const smokeball = row?.state === 'connected' ? await this.access.forConnection(firmId) : null;
    if (!row || !smokeball) return 'disabled';
    const call: CallContext = { lane: 'automatic', firmId, requestId: randomUUID() };
    const found = await this.findOrCreate(firmId, row, smokeball, call);
    const state: HookState = found === null ? 'missing' : 'active';
    await this.note(firmId, state, found);
    return state;
  }

  /** Removes it at Smokeball, best effort; the caller forgets it in any case. */
  async remove(firmId: string): Promise<void> {
    const row = await this.database.forFirm(firmId, readConnection);
    if (!row?.subscription_id || row.state !== 'connected') return;
    const smokeball = await this.access.forConnection(firmId);
    await smokeball?.webhooks.remove(row.subscription_id, {
      lane: 'person',
      firmId,
      requestId: randomUUID(),
      timeoutMs: 5_000,
    });
  }

  private async findOrCreate(
    firmId: string,
    row: ConnectionRow,
    smokeball: SmokeballClient,
    call: CallContext,
  ): Promise<string | null> {
    const url = `${this.config.publicUrl}/hooks/smokeball/${row.hook_id}`;
    const types = await smokeball.webhooks.types(call);
    if (!types.ok) return this.missed(firmId, 'types', types.failure.kind);
    const wanted = [...ALWAYS, ...this.handlers.smokeballTypes()].filter((type) => types.data.includes(type)).sort();
    const all = await smokeball.webhooks.list({ limit: 500 }, call);
    if (!all.ok) return this.missed(firmId, 'list', all.failure.kind);
    const ours = all.data.items.find((one) => one.eventNotificationUrl === url);
    const key = row.hook_key_enc
      ? this.cipher.openText(connectionPlace(firmId, 'hook_key_enc'), row.hook_key_enc)
      : await this.newKey(firmId);
    const wish = { name: NAME, key, eventTypes: wanted, eventNotificationUrl: url };
    if (!ours) {
      const created = await smokeball.webhooks.create(wish, call);
      return created.ok ? created.data.id : this.missed(firmId, 'create', created.failure.kind);
    }
    const isSame = [...ours.eventTypes].sort().join() === wanted.join();
    if (isSame && row.hook_state === 'active' && row.subscription_id === ours.id) return ours.id;
    const updated = await smokeball.webhooks.update(ours.id, wish, call);
    return updated.ok ? ours.id : this.missed(firmId, 'update', updated.failure.kind);
  }

  private missed(firmId: string, step: string, code: string): null {
    this.parts.log.warn('subscription.failed', { firm_id: firmId, kind: step, code });
    return null;
  }

  private async newKey(firmId: string): Promise<string> {
    const key = newSecret('');
    await this.database.forFirm(firmId, (scope) =>
      scope.change('update connections set hook_key_enc = $2 where firm_id = $1', [
        firmId,
        this.cipher.sealText(connectionPlace(firmId, 'hook_key_enc'), key),
      ]),
    );
    return key;
  }

  private async note(firmId: string, state: HookState, subscriptionId: string | null): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const changed = await scope.one<{ changed: boolean }>(
        `update connections c set hook_state = $2, subscription_id = coalesce($3, c.subscription_id), hook_checked_at = $4
           from connections old where c.firm_id = $1 and old.firm_id = c.firm_id and c.state = 'connected'
         returning old.hook_state <> c.hook_state as changed`,
        [firmId, state, subscriptionId, this.parts.clock.now()],
      );
      if (changed?.changed) await this.parts.changes.announce(scope, { kind: 'connection', id: firmId });
    });
  }
}
