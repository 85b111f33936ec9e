import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
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
  newSecret,
} from '@matterline/platform';
import {
  buildAuthorizeUrl,
  exchangeCode,
  readAccessTokenClaims,
  revokeToken,
  type OAuthTokens,
} from '@matterline/smokeball-client';
import { Firms } from '../firms/firms';
import { smokeballAppOf } from '../smokeball/smokeball-app';
import { SmokeballAccess, type SmokeballPlace } from '../smokeball/smokeball-access';
import { ConnectionListeners } from './connection-listeners';
import { connectionPlace, lockConnection, readConnection } from './connection-row';
import { ConnectionTokens } from './connection-tokens';
import { type OAuthReply, OAuthReturns, type OAuthReturn } from './oauth-returns';
import { OAuthStates, type OpenState } from './oauth-states';

const CONSOLE_PAGE = '/settings/integrations';

/** Connecting a firm to Smokeball and letting go again. Source: docs/http-api.md#connect. */
@Injectable()
export class Connections implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly states: OAuthStates,
    private readonly returns: OAuthReturns,
    private readonly tokens: ConnectionTokens,
    private readonly access: SmokeballAccess,
    private readonly listeners: ConnectionListeners,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly changes: ChangeNotices,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.returns.register('connection', (state, returned) => this.finish(state, returned));
  }

  get redirectUri(): string {
    return `${this.config.publicUrl}/api/v1/integrations/smokeball/callback`;
  }

  /** @throws ApiError `not_configured` when no credentials are there. */
  async authorizationUrl(firmId: string, userId: string, actor: string): Promise<string> {
    return await this.database.forFirm(firmId, async (scope) => {
      const { region, environment } = await this.firms.read(scope);
      const app = await smokeballAppOf(scope, this.firms, this.config.env, { region, environment });
      if (!app) throw notConfigured();
      const { state, codeChallenge } = await this.states.open(scope, { purpose: 'connection', userId });
      await this.audit.record(scope, { actor, action: 'connection.start', subject: `firm:${firmId}` });
      const hosts = this.access.hosts(region, environment);
      return buildAuthorizeUrl({ hosts, clientId: app.clientId, redirectUri: this.redirectUri, state, codeChallenge });
    });
  }

  /** Tokens and webhook registration go at once, even when Smokeball is away; links and data stay. */
  async disconnect(firmId: string, actor: string): Promise<void> {
    const place = await this.access.place(firmId);
    const row = await this.database.forFirm(firmId, readConnection);
    if (!row || row.state === 'disconnected') return;
    const refreshToken = this.tokens.refreshToken(firmId, row);
    await this.listeners.disconnecting(firmId);
    await this.database.forFirm(firmId, async (scope) => {
      await lockConnection(scope);
      await scope.change(
        `update connections set state = 'disconnected', access_token_enc = null, refresh_token_enc = null, access_expires_at = null,
           refresh_expires_at = null, subscription_id = null, hook_key_enc = null, hook_state = 'disabled', updated_at = $2 where firm_id = $1`,
        [firmId, this.clock.now()],
      );
      await this.changes.announce(scope, { kind: 'connection', id: firmId });
      await this.audit.record(scope, { actor, action: 'connection.disconnect', subject: `firm:${firmId}` });
    });
    if (!place || !refreshToken) return;
    const { clientId, clientSecret } = place.app;
    await revokeToken({ hosts: place.hosts, clientId, clientSecret: clientSecret ?? undefined, refreshToken });
  }

  private async finish(state: OpenState, returned: OAuthReturn): Promise<OAuthReply> {
    const outcome = await this.connect(state, returned);
    const query = outcome === 'connected' ? 'connected=1' : `error=${outcome}`;
    if (outcome !== 'connected') this.log.warn('connection.failed', { firm_id: state.firmId, code: outcome });
    return { redirect: `${this.config.publicUrl}${CONSOLE_PAGE}?${query}` };
  }

  private async connect(state: OpenState, { code, error }: OAuthReturn): Promise<string> {
    if (error !== null || code === null) return error === 'access_denied' ? 'access_denied' : 'exchange_failed';
    const place = await this.access.place(state.firmId);
    if (!place) return 'not_configured';
    const exchanged = await exchangeCode({
      hosts: place.hosts,
      clientId: place.app.clientId,
      clientSecret: place.app.clientSecret ?? undefined,
      redirectUri: this.redirectUri,
      code,
      codeVerifier: state.verifier,
    });
    if (!exchanged.ok) return 'exchange_failed';
    const { tokens } = exchanged;
    const firm = await this.ownFirm(state.firmId, place, tokens);
    if (!firm) return 'smokeball_unavailable';
    const userId = state.for.purpose === 'connection' ? state.for.userId : '';
    const kept = await this.database.forFirm(state.firmId, (scope) => this.keep(scope, tokens, firm, userId));
    if (!kept) return 'other_account';
    await this.listeners.connected(state.firmId);
    return 'connected';
  }

  /** Which account the fresh token belongs to. */
  private async ownFirm(
    firmId: string,
    place: SmokeballPlace,
    tokens: OAuthTokens,
  ): Promise<{ id: string; name: string } | null> {
    const source = { accessToken: () => Promise.resolve(tokens.accessToken), renew: () => Promise.resolve(null) };
    const answer = await this.access.client(place, source).firm.get({ lane: 'person', firmId });
    if (!answer.ok) {
      this.log.warn('connection.firm_unreadable', {
        firm_id: firmId,
        status: answer.failure.status ?? undefined,
        code: answer.failure.kind,
      });
      return null;
    }
    return { id: answer.data.id, name: answer.data.name ?? 'Smokeball' };
  }

  /** @returns false when the firm's links belong to another Smokeball account. */
  private async keep(
    scope: FirmScope,
    tokens: OAuthTokens,
    firm: { id: string; name: string },
    userId: string,
  ): Promise<boolean> {
    const now = this.clock.now();
    const row = await lockConnection(scope);
    const stranger = await scope.one(
      'select 1 from matter_links where account_id is not null and account_id <> $1 limit 1',
      [firm.id],
    );
    if (stranger) return false;
    const hookKey = this.cipher.sealText(connectionPlace(scope.firmId, 'hook_key_enc'), newSecret(''));
    await scope.change(
      `insert into connections (firm_id, state, account_id, firm_name, scopes, connected_by, connected_at, refresh_expires_at, updated_at, hook_id, hook_key_enc, hook_state)
       values ($1, 'connected', $2, $3, $4, $5, $6, $7, $6, $8, $9, 'pending')
       on conflict (firm_id) do update set state = 'connected', account_id = excluded.account_id, firm_name = excluded.firm_name, scopes = excluded.scopes,
         connected_by = excluded.connected_by, connected_at = excluded.connected_at, refresh_expires_at = excluded.refresh_expires_at,
         updated_at = excluded.updated_at, hook_key_enc = coalesce(connections.hook_key_enc, excluded.hook_key_enc), hook_state = 'pending'`,
      [
        scope.firmId, firm.id, firm.name, readAccessTokenClaims(tokens.accessToken).scopes, userId, now,
        this.clock.in(this.config.refreshLifetimeMs), row?.hook_id ?? newSecret('hook_'), hookKey,
      ], // prettier-ignore
    );
    await this.tokens.store(scope, tokens);
    await this.changes.announce(scope, { kind: 'connection', id: scope.firmId });
    await this.audit.record(scope, {
      actor: `user:${userId}`,
      action: 'connection.connect',
      subject: `firm:${scope.firmId}`,
      detail: { account_id: firm.id },
    });
    return true;
  }
}

export function notConfigured(): ApiError {
  return new ApiError('not_configured', 'Smokeball integration is not configured', {
    hint: 'The firm must first ask Smokeball’s partnership team for API access. Then set the credentials it is given.',
  });
}
