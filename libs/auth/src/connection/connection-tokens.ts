import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
import { ChangeNotices, Clock, Database, FieldCipher, type FirmScope, Log } from '@matterline/platform';
import {
  AccessTokenUnavailable,
  readAccessTokenClaims,
  refreshTokens,
  type OAuthTokens,
} from '@matterline/smokeball-client';
import type { SmokeballPlace } from '../smokeball/smokeball-access';
import { ConnectionListeners } from './connection-listeners';
import { connectionPlace, type ConnectionRow, lockConnection, readConnection } from './connection-row';

/** Tokens are renewed this long before they end. */
export const REFRESH_MARGIN_MS = 5 * 60_000;

/** The token endpoint did not answer; the connection is as good as before and the call may be tried later. */
export class TokenEndpointAway extends Error {}

/** A firm's access token: kept encrypted, renewed ahead of need, by one process at a time. Source: docs/smokeball-api.md#lifetimes. */
@Injectable()
export class ConnectionTokens {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly listeners: ConnectionListeners,
    private readonly changes: ChangeNotices,
    private readonly log: Log,
  ) {}

  /** @throws AccessTokenUnavailable when the firm must connect (again); TokenEndpointAway when a needed refresh could not be had. */
  async accessToken(firmId: string, place: SmokeballPlace): Promise<string> {
    const row = await this.database.forFirm(firmId, readConnection);
    const token = row && this.usable(firmId, row, REFRESH_MARGIN_MS);
    if (token) return token;
    return await this.refresh(firmId, place, row ? this.current(firmId, row) : null);
  }

  /** After Smokeball refused the token it was given: a fresh one, or null when there is none to be had. */
  async renew(firmId: string, place: SmokeballPlace): Promise<string | null> {
    const row = await this.database.forFirm(firmId, readConnection);
    try {
      return await this.refresh(firmId, place, row ? this.current(firmId, row) : null);
    } catch (error) {
      if (error instanceof AccessTokenUnavailable || error instanceof TokenEndpointAway) return null;
      throw error;
    }
  }

  /** Stores what a sign-in or a refresh gave; a missing refresh token leaves the stored one in place. */
  async store(scope: FirmScope, tokens: OAuthTokens): Promise<void> {
    const seal = (column: string, token: string) => this.cipher.sealText(connectionPlace(scope.firmId, column), token);
    await scope.change(
      `update connections set access_token_enc = $2, access_expires_at = $3,
         refresh_token_enc = coalesce($4, refresh_token_enc), updated_at = $5, token_issued_at = $5,
         scopes = case when $6::text[] = '{}' then scopes else $6::text[] end where firm_id = $1`,
      [
        scope.firmId,
        seal('access_token_enc', tokens.accessToken),
        this.clock.in(tokens.expiresInS * 1000),
        tokens.refreshToken ? seal('refresh_token_enc', tokens.refreshToken) : null,
        this.clock.now(),
        // A right given after the sign-in comes with the next token.
        readAccessTokenClaims(tokens.accessToken).scopes,
      ],
    );
  }

  /** The stored refresh token, for revoking it. */
  refreshToken(firmId: string, row: ConnectionRow): string | null {
    return (
      row.refresh_token_enc && this.cipher.openText(connectionPlace(firmId, 'refresh_token_enc'), row.refresh_token_enc)
    );
  }

  /** Refreshes unless another process has done so since `seen` was read. */
  private async refresh(firmId: string, place: SmokeballPlace, seen: string | null): Promise<string> {
    const outcome = await this.database.forFirm(firmId, async (scope) => {
      const row = await lockConnection(scope);
      if (row?.state !== 'connected') throw new AccessTokenUnavailable('the firm is not connected');
      const newer = this.usable(firmId, row, 0);
      if (newer && newer !== seen) return { token: newer };
      const refreshToken = this.refreshToken(firmId, row);
      if (!refreshToken) return await this.giveUp(scope, 'no_refresh_token');
      const result = await refreshTokens({
        hosts: place.hosts,
        clientId: place.app.clientId,
        clientSecret: place.app.clientSecret ?? undefined,
        refreshToken,
      });
      if (result.ok) {
        await this.store(scope, result.tokens);
        return { token: result.tokens.accessToken };
      }
      if (result.reason === 'invalid_grant') return await this.giveUp(scope, result.reason);
      this.log.warn('connection.refresh.failed', { firm_id: firmId, code: result.reason, status: result.status });
      throw new TokenEndpointAway(result.reason);
    });
    if (outcome.token !== null) return outcome.token;
    await this.listeners.needsReauth(firmId);
    throw new AccessTokenUnavailable('Smokeball ended the grant');
  }

  private async giveUp(scope: FirmScope, reason: string): Promise<{ token: null }> {
    await scope.change(
      `update connections set state = 'needs_reauth', access_token_enc = null, hook_state = 'missing', updated_at = $2 where firm_id = $1`,
      [scope.firmId, this.clock.now()],
    );
    await this.changes.announce(scope, { kind: 'connection', id: scope.firmId });
    await this.audit.record(scope, {
      actor: 'smokeball',
      action: 'connection.ended',
      subject: `firm:${scope.firmId}`,
      detail: { reason },
    });
    this.log.warn('connection.needs_reauth', { firm_id: scope.firmId, code: reason });
    return { token: null };
  }

  private current(firmId: string, row: ConnectionRow): string | null {
    return (
      row.access_token_enc && this.cipher.openText(connectionPlace(firmId, 'access_token_enc'), row.access_token_enc)
    );
  }

  private usable(firmId: string, row: ConnectionRow, marginMs: number): string | null {
    if (row.state !== 'connected' || !row.access_expires_at) return null;
    if (row.access_expires_at.getTime() - this.clock.nowMs() <= marginMs) return null;
    return this.current(firmId, row);
  }
}
