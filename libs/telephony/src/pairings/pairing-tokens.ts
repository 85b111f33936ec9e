import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
import { type SmokeballPlace, TokenEndpointAway } from '@matterline/auth';
import { ChangeNotices, Clock, Database, FieldCipher, type FirmScope, Log } from '@matterline/platform';
import { AccessTokenUnavailable, type OAuthTokens, refreshTokens } from '@matterline/smokeball-client';
import { lockPairing, type PairingKey, pairingPlace, type PairingRow, readPairing } from './pairing-row';

/** A phone must not wait for a refresh: it is done this long ahead. */
const REFRESH_MARGIN_MS = 10 * 60_000;

/** The access token of a paired user: kept sealed, renewed by one caller at a time. Source: docs/smokeball-api.md#lifetimes. */
@Injectable()
export class PairingTokens {
  private readonly refreshing = new Map<string, Promise<string>>();

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly changes: ChangeNotices,
    private readonly log: Log,
  ) {}

  /** @throws AccessTokenUnavailable when the user must pair again; TokenEndpointAway when a needed refresh could not be had. */
  async accessToken(key: PairingKey, place: SmokeballPlace): Promise<string> {
    const row = await this.database.forFirm(key.firmId, (scope) => readPairing(scope, key));
    const token = row && this.usable(key, row, 0);
    if (token && this.usable(key, row, REFRESH_MARGIN_MS)) return token;
    const fresh = this.refreshOnce(key, place, row ? this.current(key, row) : null);
    if (!token) return await fresh;
    // Still good for this call; the renewal goes on behind it.
    fresh.catch((error: unknown) =>
      this.log.debug('pairing.refresh.later', { firm_id: key.firmId, extension: key.extension, error }),
    );
    return token;
  }

  /** After Smokeball refused the token: a fresh one, or null when there is none to be had. */
  async renew(key: PairingKey, place: SmokeballPlace): Promise<string | null> {
    const row = await this.database.forFirm(key.firmId, (scope) => readPairing(scope, key));
    try {
      return await this.refreshOnce(key, place, row ? this.current(key, row) : null);
    } catch (error) {
      if (error instanceof AccessTokenUnavailable || error instanceof TokenEndpointAway) return null;
      throw error;
    }
  }

  /** Values for the columns that hold tokens. A missing refresh token gives null, which leaves the stored one in place. */
  sealed(key: PairingKey, tokens: OAuthTokens): { access: Buffer; refresh: Buffer | null; accessExpiresAt: Date } {
    const seal = (column: string, token: string) => this.cipher.sealText(pairingPlace(key, column), token);
    return {
      access: seal('access_token_enc', tokens.accessToken),
      refresh: tokens.refreshToken ? seal('refresh_token_enc', tokens.refreshToken) : null,
      accessExpiresAt: this.clock.in(tokens.expiresInS * 1000),
    };
  }

  refreshToken(key: PairingKey, row: PairingRow): string | null {
    return row.refresh_token_enc && this.cipher.openText(pairingPlace(key, 'refresh_token_enc'), row.refresh_token_enc);
  }

  /** A ring group asks many times at once; one refresh serves them all. */
  private async refreshOnce(key: PairingKey, place: SmokeballPlace, seen: string | null): Promise<string> {
    const name = `${key.tenantId}/${key.extension}`;
    const running = this.refreshing.get(name);
    if (running) return await running;
    const started = this.refresh(key, place, seen).finally(() => this.refreshing.delete(name));
    this.refreshing.set(name, started);
    return await started;
  }

  /** Refreshes unless another process has done so since `seen` was read. */
  private async refresh(key: PairingKey, place: SmokeballPlace, seen: string | null): Promise<string> {
    const token = await this.database.forFirm(key.firmId, async (scope) => {
      const row = await lockPairing(scope, key);
      if (row?.state !== 'paired') throw new AccessTokenUnavailable('the extension is not paired');
      const newer = this.usable(key, row, 0);
      if (newer && newer !== seen) return newer;
      const refreshToken = this.refreshToken(key, row);
      if (!refreshToken) return await this.end(scope, key, row);
      const result = await refreshTokens({
        hosts: place.hosts,
        clientId: place.app.clientId,
        clientSecret: place.app.clientSecret ?? undefined,
        refreshToken,
      });
      if (result.ok) return await this.store(scope, key, result.tokens);
      if (result.reason === 'invalid_grant') return await this.end(scope, key, row);
      this.log.warn('pairing.refresh.failed', {
        firm_id: key.firmId,
        extension: key.extension,
        code: result.reason,
        status: result.status,
      });
      throw new TokenEndpointAway(result.reason);
    });
    if (token === null) throw new AccessTokenUnavailable('Smokeball ended the pairing');
    return token;
  }

  private async store(scope: FirmScope, key: PairingKey, tokens: OAuthTokens): Promise<string> {
    const { access, refresh, accessExpiresAt } = this.sealed(key, tokens);
    await scope.change(
      `update pairings set access_token_enc = $3, access_expires_at = $4, refresh_token_enc = coalesce($5, refresh_token_enc), updated_at = $6
        where tenant_id = $1 and extension = $2`,
      [key.tenantId, key.extension, access, accessExpiresAt, refresh, this.clock.now()],
    );
    return tokens.accessToken;
  }

  /** Smokeball no longer takes the refresh token: past its lifetime it has expired, before that somebody revoked it. */
  private async end(scope: FirmScope, key: PairingKey, row: PairingRow): Promise<null> {
    const state = row.expires_at !== null && row.expires_at.getTime() > this.clock.nowMs() ? 'revoked' : 'expired';
    await scope.change(
      `update pairings set state = $3, access_token_enc = null, refresh_token_enc = null, updated_at = $4 where tenant_id = $1 and extension = $2`,
      [key.tenantId, key.extension, state, this.clock.now()],
    );
    await this.changes.announce(scope, { kind: 'pairing', id: key.extension });
    const subject = `pairing:${key.tenantId}/${key.extension}`;
    await this.audit.record(scope, { actor: 'smokeball', action: 'pairing.ended', subject, detail: { state } });
    return null;
  }

  private current(key: PairingKey, row: PairingRow): string | null {
    return row.access_token_enc && this.cipher.openText(pairingPlace(key, 'access_token_enc'), row.access_token_enc);
  }

  private usable(key: PairingKey, row: PairingRow, marginMs: number): string | null {
    if (row.state !== 'paired' || !row.access_expires_at) return null;
    return row.access_expires_at.getTime() - this.clock.nowMs() > marginMs ? this.current(key, row) : null;
  }
}
