import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Config, CONFIG, Database, Log } from '@matterline/platform';
import { exchangeCode, type OAuthTokens } from '@matterline/smokeball-client';
import { SmokeballAccess, type SmokeballPlace } from '../smokeball/smokeball-access';
import { AccountQuestions } from './account-questions';
import { ConnectionListeners } from './connection-listeners';
import { ConnectionRecords } from './connection-records';
import { type OAuthReply, OAuthReturns, type OAuthReturn } from './oauth-returns';
import type { OpenState } from './oauth-states';
import { redirectUri } from './redirect-uri';

const CONSOLE_PAGE = '/settings/integrations';

/** What the console is told in its address: `connected=1`, or `error=` one of these. */
type Outcome =
  'connected' | 'access_denied' | 'exchange_failed' | 'not_configured' | 'smokeball_unavailable' | 'other_account';

/** Whom to tell, and whom to ask. */
@Injectable()
export class AfterConnection {
  constructor(
    readonly listeners: ConnectionListeners,
    readonly questions: AccountQuestions,
    readonly log: Log,
  ) {}
}

/** Smokeball sent the firm admin back: exchange the code, see whose account it is, keep the tokens. */
@Injectable()
export class FinishConnection implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly returns: OAuthReturns,
    private readonly access: SmokeballAccess,
    private readonly records: ConnectionRecords,
    private readonly after: AfterConnection,
  ) {}

  onModuleInit(): void {
    this.returns.register('connection', (state, returned) => this.finish(state, returned));
  }

  private async finish(state: OpenState, returned: OAuthReturn): Promise<OAuthReply> {
    const outcome = await this.connect(state, returned);
    if (outcome === 'connected') {
      await this.after.listeners.connected(state.firmId);
      return { redirect: `${this.config.publicUrl}${CONSOLE_PAGE}?connected=1` };
    }
    this.after.log.warn('connection.failed', { firm_id: state.firmId, code: outcome });
    return { redirect: `${this.config.publicUrl}${CONSOLE_PAGE}?error=${outcome}` };
  }

  private async connect(state: OpenState, { code, error }: OAuthReturn): Promise<Outcome> {
    if (error !== null || code === null) return error === 'access_denied' ? 'access_denied' : 'exchange_failed';
    const place = await this.access.place(state.firmId);
    if (!place) return 'not_configured';
    const exchanged = await exchangeCode({
      hosts: place.hosts,
      clientId: place.app.clientId,
      clientSecret: place.app.clientSecret ?? undefined,
      redirectUri: redirectUri(this.config),
      code,
      codeVerifier: state.verifier,
    });
    if (!exchanged.ok) return 'exchange_failed';
    const { tokens } = exchanged;
    const firm = await this.ownFirm(state.firmId, place, tokens);
    if (!firm) return 'smokeball_unavailable';
    const userId = state.for.purpose === 'connection' ? state.for.userId : '';
    const connection = { accountId: firm.id, firmName: firm.name, tokens, userId };
    return await this.database.forFirm(state.firmId, async (scope) => {
      if (await this.records.begin(scope, connection)) return 'connected';
      await this.after.questions.ask(scope, connection);
      return 'other_account';
    });
  }

  /** Which account the fresh token belongs to. */
  private async ownFirm(
    firmId: string,
    place: SmokeballPlace,
    tokens: OAuthTokens,
  ): Promise<{ id: string; name: string } | null> {
    const source = { accessToken: () => Promise.resolve(tokens.accessToken), renew: () => Promise.resolve(null) };
    const answer = await this.access.client(place, source).firm.get({ lane: 'person', firmId });
    if (answer.ok) return { id: answer.data.id, name: answer.data.name ?? 'Smokeball' };
    const { status, kind } = answer.failure;
    this.after.log.warn('connection.firm_unreadable', { firm_id: firmId, status: status ?? undefined, code: kind });
    return null;
  }
}
