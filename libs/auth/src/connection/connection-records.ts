import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
import {
  ChangeNotices,
  Clock,
  type Config,
  CONFIG,
  FieldCipher,
  type FirmScope,
  newSecret,
} from '@matterline/platform';
import { type OAuthTokens, readAccessTokenClaims } from '@matterline/smokeball-client';
import { type AccountSwitch, ConnectionListeners } from './connection-listeners';
import { connectionPlace, lockConnection } from './connection-row';
import { ConnectionTokens } from './connection-tokens';

export interface NewConnection {
  readonly accountId: string;
  readonly firmName: string;
  readonly tokens: OAuthTokens;
  /** Who gave the consent. */
  readonly userId: string;
  /** When, if not right now. */
  readonly consentedAt?: Date;
}

/** Writes down that a connection begins or ends, with everything that belongs to it in one transaction. */
@Injectable()
export class ConnectionRecords {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly tokens: ConnectionTokens,
    private readonly changes: ChangeNotices,
    private readonly audit: AuditTrail,
    private readonly listeners: ConnectionListeners,
  ) {}

  /**
   * @returns false when the firm belongs to another Smokeball account; then nothing is changed, unless it may leave that one: then the
   * links of the one are put aside and those of the other come back.
   */
  async begin(
    scope: FirmScope,
    connection: NewConnection,
    { mayLeaveAccount = false }: { readonly mayLeaveAccount?: boolean } = {},
  ): Promise<boolean> {
    const { accountId, firmName, tokens, userId } = connection;
    const now = this.clock.now();
    const row = await lockConnection(scope);
    const from = row?.account_id ?? null;
    const isOther = from !== null && from !== accountId;
    if (isOther && !mayLeaveAccount) return false;
    if (isOther) await this.leaveAccount(scope, { from, to: accountId }, userId);
    else await scope.change('delete from account_questions where firm_id = $1', [scope.firmId]);
    // Marked as looked at: this process makes the webhook registration next, and a watchdog elsewhere must not make a second one.
    await scope.change(
      `insert into connections (firm_id, state, account_id, firm_name, scopes, connected_by, connected_at, refresh_expires_at, updated_at,
         hook_id, hook_key_enc, hook_state, hook_checked_at)
       values ($1, 'connected', $2, $3, $4, $5, $6, $7, $6, $8, $9, 'pending', $6)
       on conflict (firm_id) do update set state = 'connected', account_id = excluded.account_id, firm_name = excluded.firm_name,
         scopes = excluded.scopes, connected_by = excluded.connected_by, connected_at = excluded.connected_at,
         refresh_expires_at = excluded.refresh_expires_at, updated_at = excluded.updated_at,
         hook_key_enc = coalesce(connections.hook_key_enc, excluded.hook_key_enc), hook_state = 'pending',
         hook_checked_at = excluded.hook_checked_at, hook_lease = null, hook_lease_until = null, expiry_told = null`,
      [
        scope.firmId,
        accountId,
        firmName,
        readAccessTokenClaims(tokens.accessToken).scopes,
        userId,
        now,
        new Date((connection.consentedAt ?? now).getTime() + this.config.refreshLifetimeMs),
        row?.hook_id ?? newSecret('hook_'),
        this.cipher.sealText(connectionPlace(scope.firmId, 'hook_key_enc'), newSecret('')),
      ],
    );
    await this.tokens.store(scope, tokens);
    await this.changes.announce(scope, { kind: 'connection', id: scope.firmId });
    await this.audit.record(scope, {
      actor: `user:${userId}`,
      action: 'connection.connect',
      subject: `firm:${scope.firmId}`,
      detail: { account_id: accountId },
    });
    return true;
  }

  /** What was known of the one account is kept with its links for the firm's return. */
  private async leaveAccount(scope: FirmScope, accounts: AccountSwitch, userId: string): Promise<void> {
    const { from, to } = accounts;
    const now = this.clock.now();
    await scope.change(
      `insert into links_aside (firm_id, account_id, kind, record_id, link, put_aside_at)
       select firm_id, $2, 'account', $2, jsonb_build_object('good_at', greatest(hook_good_at, last_event_at)), $3 from connections where firm_id = $1
       on conflict (firm_id, account_id, kind, record_id) do update set link = excluded.link, put_aside_at = excluded.put_aside_at`,
      [scope.firmId, from, now],
    );
    await scope.change(
      `update connections set subscription_id = null, hook_key_enc = null, hook_types = '{}', hook_missing_since = null, last_event_at = null,
         test_id = null, test_sent_at = null, refresh_token_enc = null, access_token_enc = null, scopes = '{}',
         hook_good_at = (select (link->>'good_at')::timestamptz from links_aside where firm_id = $1 and account_id = $2 and kind = 'account')
       where firm_id = $1`,
      [scope.firmId, to],
    );
    await scope.change(`delete from links_aside where firm_id = $1 and account_id = $2 and kind = 'account'`, [
      scope.firmId,
      to,
    ]);
    await this.listeners.switchAccount(scope, accounts);
    await this.audit.record(scope, {
      actor: `user:${userId}`,
      action: 'connection.switch',
      subject: `firm:${scope.firmId}`,
      detail: { from, to },
    });
  }

  /** Tokens and the webhook's key are forgotten; the account and the links stay. */
  async end(scope: FirmScope, actor: string): Promise<void> {
    await lockConnection(scope);
    await scope.change(
      `update connections set state = 'disconnected', access_token_enc = null, refresh_token_enc = null, access_expires_at = null,
         refresh_expires_at = null, subscription_id = null, hook_key_enc = null, hook_state = 'disabled',
         hook_types = '{}', hook_lease = null, hook_lease_until = null, expiry_told = null, test_id = null, test_sent_at = null, updated_at = $2 where firm_id = $1`,
      [scope.firmId, this.clock.now()],
    );
    await this.changes.announce(scope, { kind: 'connection', id: scope.firmId });
    await this.audit.record(scope, { actor, action: 'connection.disconnect', subject: `firm:${scope.firmId}` });
  }
}
