import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
import {
  type OAuthReply,
  type OAuthReturn,
  OAuthReturns,
  type OpenState,
  readConnection,
  SmokeballAccess,
  redirectUri,
} from '@matterline/auth';
import {
  ApiError,
  ChangeNotices,
  Clock,
  type Config,
  CONFIG,
  Database,
  FieldCipher,
  type FirmScope,
  Log,
} from '@matterline/platform';
import { exchangeCode, type OAuthTokens, revokeToken } from '@matterline/smokeball-client';
import { Inject } from '@nestjs/common';
import { Extensions } from '../tenants/extensions';
import { pairingPage, type PairingOutcome } from './pairing-page';
import { type PairingKey, pairingPlace } from './pairing-row';
import { PairingTokens } from './pairing-tokens';
import { readSmokeballUser, type SmokeballUser } from './smokeball-user';

/** Finishes a pairing when Smokeball sends the browser back. Source: docs/telephony.md#pairing. */
@Injectable()
export class PairingReturn implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly returns: OAuthReturns,
    private readonly access: SmokeballAccess,
    private readonly extensions: Extensions,
    private readonly tokens: PairingTokens,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly changes: ChangeNotices,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.returns.register('pairing', (state, returned) => this.finish(state, returned));
  }

  private async finish(state: OpenState, returned: OAuthReturn): Promise<OAuthReply> {
    if (state.for.purpose !== 'pairing') throw new Error('this state is for no pairing');
    const key = { firmId: state.firmId, tenantId: state.for.tenantId, extension: state.for.extension };
    const outcome = await this.pair(key, state.verifier, returned);
    if (outcome !== 'paired') {
      this.log.warn('pairing.failed', {
        firm_id: key.firmId,
        tenant_id: key.tenantId,
        extension: key.extension,
        code: outcome,
      });
    }
    return { html: pairingPage(outcome), status: 200 };
  }

  private async pair(key: PairingKey, codeVerifier: string, { code, error }: OAuthReturn): Promise<PairingOutcome> {
    if (error !== null || code === null) return error === 'access_denied' ? 'access_denied' : 'exchange_failed';
    const place = await this.access.place(key.firmId);
    if (!place) return 'not_configured';
    const app = { hosts: place.hosts, clientId: place.app.clientId, clientSecret: place.app.clientSecret ?? undefined };
    const exchanged = await exchangeCode({ ...app, redirectUri: redirectUri(this.config), code, codeVerifier });
    if (!exchanged.ok) return 'exchange_failed';
    const { tokens } = exchanged;
    const source = { accessToken: () => Promise.resolve(tokens.accessToken), renew: () => Promise.resolve(null) };
    const user = await readSmokeballUser(this.access.client(place, source), tokens.accessToken, key.firmId);
    const outcome = await this.database.forFirm(key.firmId, (scope) => this.keep(scope, key, tokens, user));
    // A grant that is not used must not stay open.
    if (outcome !== 'paired' && tokens.refreshToken) await revokeToken({ ...app, refreshToken: tokens.refreshToken });
    return outcome;
  }

  private async keep(
    scope: FirmScope,
    key: PairingKey,
    tokens: OAuthTokens,
    user: SmokeballUser,
  ): Promise<PairingOutcome> {
    const refused = await this.refusal(scope, key, user);
    const subject = `pairing:${key.tenantId}/${key.extension}`;
    const actor = `pbx:${key.tenantId}`;
    if (refused) {
      await this.audit.record(scope, { actor, action: 'pairing.refuse', subject, detail: { reason: refused } });
      return refused;
    }
    const now = this.clock.now();
    const sealed = this.tokens.sealed(key, tokens);
    await scope.change(
      `insert into pairings (firm_id, tenant_id, extension, state, account_id, smokeball_user_id, email_enc, access_token_enc,
         refresh_token_enc, access_expires_at, expires_at, paired_at, updated_at)
       values ($1, $2, $3, 'paired', $4, $5, $6, $7, $8, $9, $10, $11, $11)
       on conflict (tenant_id, extension) do update set state = excluded.state, account_id = excluded.account_id,
         smokeball_user_id = excluded.smokeball_user_id, email_enc = excluded.email_enc, access_token_enc = excluded.access_token_enc,
         refresh_token_enc = excluded.refresh_token_enc, access_expires_at = excluded.access_expires_at,
         expires_at = excluded.expires_at, paired_at = excluded.paired_at, updated_at = excluded.updated_at`,
      [
        key.firmId,
        key.tenantId,
        key.extension,
        user.accountId,
        user.userId,
        user.email === null ? null : this.cipher.sealText(pairingPlace(key, 'email_enc'), user.email),
        sealed.access,
        sealed.refresh,
        sealed.accessExpiresAt,
        this.clock.in(this.config.refreshLifetimeMs),
        now,
      ],
    );
    await this.changes.announce(scope, { kind: 'pairing', id: key.extension });
    await this.audit.record(scope, {
      actor,
      action: 'pairing.pair',
      subject,
      detail: { smokeball_user_id: user.userId },
    });
    return 'paired';
  }

  private async refusal(scope: FirmScope, key: PairingKey, user: SmokeballUser): Promise<PairingOutcome | null> {
    try {
      await this.extensions.requireKnown(scope, key.tenantId, key.extension);
    } catch (error) {
      if (error instanceof ApiError) return 'unknown_extension';
      throw error;
    }
    const connection = await readConnection(scope);
    const firmAccount = connection?.state === 'disconnected' ? null : (connection?.account_id ?? null);
    if (firmAccount !== null && user.accountId !== null && firmAccount !== user.accountId) return 'other_account';
    const expected = await this.extensions.email(scope, key.tenantId, key.extension);
    if (expected === null) return null;
    if (user.email === null) return 'email_unknown';
    return user.email.toLowerCase() === expected.trim().toLowerCase() ? null : 'email_mismatch';
  }
}
