import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { HookState } from '@matterline/contracts';
import { type ConnectionRow, connectionPlace, readConnection, SmokeballAccess } from '@matterline/auth';
import { ChangeNotices, Clock, type Config, CONFIG, Database, FieldCipher, Log, newSecret } from '@matterline/platform';
import type { CallContext, SmokeballClient } from '@matterline/smokeball-client';
import { EventHandlers } from '../event-handlers';
import { register, type RegistrationFound } from './registration';
import { LostLease, SubscriptionLease } from './subscription-lease';
import { SubscriptionListeners } from './subscription-listeners';

const NAME = 'Matterline';
/** Wanted besides what rooms handle: late refusals, and the test event. */
const ALWAYS = ['error'];
/** A look that takes longer is given up, well before its lease ends. */
const LOOK_MS = 60_000;

/** The pieces that subscriptions need besides. */
@Injectable()
export class SubscriptionParts {
  constructor(
    readonly clock: Clock,
    readonly changes: ChangeNotices,
    readonly log: Log,
    readonly cipher: FieldCipher,
    readonly lease: SubscriptionLease,
    readonly listeners: SubscriptionListeners,
  ) {}
}

interface Look {
  readonly firmId: string;
  readonly row: ConnectionRow;
  readonly lease: string;
  readonly smokeball: SmokeballClient;
  readonly call: CallContext;
}

/** The one webhook registration of a firm's connection: found again by its address, never a second one, nobody else's touched. */
@Injectable()
export class Subscriptions {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    private readonly handlers: EventHandlers,
    private readonly parts: SubscriptionParts,
  ) {}

  /** The event types that we want Smokeball to tell us. */
  wanted(): string[] {
    return [...new Set([...ALWAYS, ...this.handlers.smokeballTypes()])].sort();
  }

  /** Makes sure that it stands, unless another process does so right now. @returns how it is now. */
  async ensure(firmId: string): Promise<HookState> {
    const before = await this.database.forFirm(firmId, readConnection);
    const smokeball = before?.state === 'connected' ? await this.access.forConnection(firmId) : null;
    if (!before || !smokeball) return 'disabled';
    const call: CallContext = {
      lane: 'automatic',
      firmId,
      requestId: randomUUID(),
      signal: AbortSignal.timeout(LOOK_MS),
    };
    try {
      const state = await this.parts.lease.hold(firmId, (row, lease) =>
        this.look({ firmId, row, lease, smokeball, call }),
      );
      return state ?? before.hook_state;
    } catch (error) {
      if (error instanceof LostLease) return before.hook_state;
      throw error;
    }
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

  private async look(look: Look): Promise<HookState> {
    const { firmId, row } = look;
    const lookedAt = this.parts.clock.now();
    const { key, isNew } = await this.key(look);
    const found = await register(
      look.smokeball,
      look.call,
      {
        name: NAME,
        key,
        eventTypes: this.wanted(),
        eventNotificationUrl: `${this.config.publicUrl}/hooks/smokeball/${row.hook_id}`,
      },
      { id: row.subscription_id, isSettled: row.hook_state === 'active' && !isNew },
      { onAbsent: () => this.noteGap(look), beforeCreate: () => this.parts.lease.write(firmId, look.lease, SAME) },
    );
    if (!found.stands)
      this.parts.log.warn('subscription.failed', { firm_id: firmId, kind: found.step, code: found.code });
    const since = await this.note(look, found, lookedAt);
    if (found.stands && since) await this.tell(look, since);
    return found.stands ? 'active' : 'missing';
  }

  private async key({ firmId, row, lease }: Look): Promise<{ key: string; isNew: boolean }> {
    const place = connectionPlace(firmId, 'hook_key_enc');
    if (row.hook_key_enc) return { key: this.parts.cipher.openText(place, row.hook_key_enc), isNew: false };
    const key = newSecret('');
    await this.parts.lease.write(firmId, lease, 'hook_key_enc = $3', [this.parts.cipher.sealText(place, key)]);
    return { key, isNew: true };
  }

  /** Written before a new one is made, so that a process that ends in between leaves the gap to be read back. */
  private async noteGap({ firmId, lease }: Look): Promise<void> {
    await this.parts.lease.write(firmId, lease, `hook_missing_since = ${GAP}`);
  }

  /** @returns from when on events may have been missed, if that is still to be told. */
  private async note({ firmId, lease }: Look, found: RegistrationFound, lookedAt: Date): Promise<Date | null> {
    return await this.database.forFirm(firmId, async (scope) => {
      const noted = await scope.one<{ changed: boolean; since: Date | null }>(
        `update connections c set hook_state = $2, subscription_id = coalesce($3, c.subscription_id), hook_checked_at = $4,
           hook_types = coalesce($5, c.hook_types), hook_good_at = case when $2 = 'active' then $6 else c.hook_good_at end,
           hook_missing_since = case when $7 then coalesce(c.hook_missing_since, greatest(c.hook_good_at, c.last_event_at), c.connected_at)
             else c.hook_missing_since end
           from connections old where c.firm_id = $1 and old.firm_id = c.firm_id and c.state = 'connected' and c.hook_lease = $8
         returning old.hook_state <> c.hook_state as changed, c.hook_missing_since as since`,
        [
          firmId,
          found.stands ? 'active' : 'missing',
          found.stands ? found.id : null,
          this.parts.clock.now(),
          found.stands ? found.types : null,
          lookedAt,
          !found.stands && found.step === 'create',
          lease,
        ],
      );
      if (noted?.changed) await this.parts.changes.announce(scope, { kind: 'connection', id: firmId });
      return noted?.since ?? null;
    });
  }

  private async tell({ firmId, lease }: Look, since: Date): Promise<void> {
    try {
      await this.parts.listeners.restored(firmId, { since });
    } catch (error) {
      this.parts.log.warn('subscription.restored.failed', { firm_id: firmId, error });
      return;
    }
    await this.parts.lease.write(firmId, lease, 'hook_missing_since = null');
    this.parts.log.info('subscription.restored', { firm_id: firmId });
  }
}

/** Nothing new, only the question whether the lease is still ours. */
const SAME = 'hook_lease = hook_lease';
/** The last moment at which events surely reached us; a gap that is open already began earlier. */
const GAP = 'coalesce(hook_missing_since, greatest(hook_good_at, last_event_at))';
