import { Inject, Injectable } from '@nestjs/common';
import type { PairingStatus, UserToken } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { notConfigured, OAuthStates, redirectUri, SmokeballAccess } from '@matterline/auth';
import {
  type Config,
  CONFIG,
  ChangeNotices,
  Clock,
  Database,
  FieldCipher,
  hashToken,
  newSecret,
} from '@matterline/platform';
import { buildAuthorizeUrl, revokeToken } from '@matterline/smokeball-client';
import { Extensions } from '../tenants/extensions';
import { readTenant, requireOwnDomain } from '../tenants/tenant-row';
import { lockPairing, type PairingKey, pairingPlace, readPairing } from './pairing-row';
import { maskedEmail, notPairedReason } from './pairing-status';
import { PairingTokens } from './pairing-tokens';

export const USER_TOKEN_S = 3600;
const REVOKE_TIMEOUT_MS = 3_000;

/** Pairing an extension with a Smokeball user, and letting go again. Source: docs/telephony.md#pairing. */
@Injectable()
export class Pairings {
  constructor(
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    @Inject(CONFIG) private readonly config: Config,
    private readonly states: OAuthStates,
    private readonly extensions: Extensions,
    private readonly tokens: PairingTokens,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly changes: ChangeNotices,
  ) {}

  /**
   * Where to send the browser for consent.
   * @throws ApiError `unknown_extension`, `domain_mismatch`, or `not_configured` when no credentials are there
   */
  async authorizationUrl(key: PairingKey, domain: string): Promise<string> {
    const place = await this.access.place(key.firmId);
    return await this.database.forFirm(key.firmId, async (scope) => {
      requireOwnDomain(await readTenant(scope, key.tenantId), domain);
      await this.extensions.requireKnown(scope, key.tenantId, key.extension);
      if (!place) throw notConfigured();
      const { state, codeChallenge } = await this.states.open(scope, {
        purpose: 'pairing',
        tenantId: key.tenantId,
        extension: key.extension,
      });
      await this.audit.record(scope, {
        actor: `pbx:${key.tenantId}`,
        action: 'pairing.start',
        subject: subjectOf(key),
      });
      const { hosts, app } = place;
      return buildAuthorizeUrl({
        hosts,
        clientId: app.clientId,
        redirectUri: redirectUri(this.config),
        state,
        codeChallenge,
      });
    });
  }

  /** Red cross or green check. @throws ApiError `unknown_extension` */
  async status(key: PairingKey): Promise<PairingStatus> {
    return await this.database.forFirm(key.firmId, async (scope) => {
      await this.extensions.requireKnown(scope, key.tenantId, key.extension);
      const pairing = await readPairing(scope, key);
      const reason = notPairedReason(pairing, this.clock.nowMs());
      if (!pairing || reason !== null)
        return { paired: false, reason: reason ?? 'never', email: null, since: null, expires_at: null };
      const email = pairing.email_enc && this.cipher.openText(pairingPlace(key, 'email_enc'), pairing.email_enc);
      return {
        paired: true,
        email: email && maskedEmail(email),
        since: pairing.paired_at?.toISOString() ?? null,
        expires_at: pairing.expires_at?.toISOString() ?? null,
      };
    });
  }

  /** Deletes the tokens at once, then tells Smokeball if it can be reached. Nothing happens where nothing was paired. */
  async unpair(key: PairingKey): Promise<void> {
    const place = await this.access.place(key.firmId);
    const refreshToken = await this.database.forFirm(key.firmId, async (scope) => {
      const pairing = await lockPairing(scope, key);
      if (!pairing) return null;
      await scope.change(
        `update pairings set state = 'revoked', access_token_enc = null, refresh_token_enc = null, email_enc = null, account_id = null,
           smokeball_user_id = null, access_expires_at = null, expires_at = null, paired_at = null, updated_at = $3
          where tenant_id = $1 and extension = $2`,
        [key.tenantId, key.extension, this.clock.now()],
      );
      await this.changes.announce(scope, { kind: 'pairing', id: key.extension });
      await this.audit.record(scope, {
        actor: `pbx:${key.tenantId}`,
        action: 'pairing.unpair',
        subject: subjectOf(key),
      });
      return this.tokens.refreshToken(key, pairing);
    });
    if (!place || refreshToken === null) return;
    const { clientId, clientSecret } = place.app;
    const app = { hosts: place.hosts, clientId, clientSecret: clientSecret ?? undefined };
    await revokeToken({ ...app, refreshToken, http: { timeoutMs: REVOKE_TIMEOUT_MS } });
  }

  /** A token for the browser of one extension. @throws ApiError `unknown_extension` */
  async userToken(key: PairingKey): Promise<UserToken> {
    const token = newSecret('ml_ext_');
    await this.database.forFirm(key.firmId, async (scope) => {
      await this.extensions.requireKnown(scope, key.tenantId, key.extension);
      await scope.change('delete from extension_tokens where tenant_id = $1 and expires_at < $2', [
        key.tenantId,
        this.clock.now(),
      ]);
      await scope.change(
        'insert into extension_tokens (token_hash, firm_id, tenant_id, extension, expires_at) values ($1, $2, $3, $4, $5)',
        [hashToken(token), key.firmId, key.tenantId, key.extension, this.clock.in(USER_TOKEN_S * 1000)],
      );
      await this.audit.record(scope, {
        actor: `pbx:${key.tenantId}`,
        action: 'pairing.user_token',
        subject: subjectOf(key),
      });
    });
    return { token, expires_in: USER_TOKEN_S };
  }
}

const subjectOf = (key: PairingKey) => `pairing:${key.tenantId}/${key.extension}`;
