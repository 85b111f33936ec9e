import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
import { type Config, CONFIG, Database } from '@matterline/platform';
import { buildAuthorizeUrl } from '@matterline/smokeball-client';
import { Firms } from '../firms/firms';
import { SmokeballAccess } from '../smokeball/smokeball-access';
import { smokeballAppOf } from '../smokeball/smokeball-app';
import { notConfigured } from './not-configured';
import { OAuthStates } from './oauth-states';
import { redirectUri } from './redirect-uri';

/** Sends a firm admin to Smokeball's consent page. Source: docs/http-api.md#connect. */
@Injectable()
export class StartConnection {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly states: OAuthStates,
    private readonly access: SmokeballAccess,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ApiError `not_configured` when no credentials are there. */
  async authorizationUrl(firmId: string, userId: string, actor: string): Promise<string> {
    return await this.database.forFirm(firmId, async (scope) => {
      const { region, environment } = await this.firms.read(scope);
      const app = await smokeballAppOf(scope, this.firms, this.config.env, { region, environment });
      if (!app) throw notConfigured();
      const { state, codeChallenge } = await this.states.open(scope, { purpose: 'connection', userId });
      await this.audit.record(scope, { actor, action: 'connection.start', subject: `firm:${firmId}` });
      const hosts = this.access.hosts(region, environment);
      return buildAuthorizeUrl({
        hosts,
        clientId: app.clientId,
        redirectUri: redirectUri(this.config),
        state,
        codeChallenge,
      });
    });
  }
}
