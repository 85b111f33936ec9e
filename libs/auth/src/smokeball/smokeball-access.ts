import { Inject, Injectable } from '@nestjs/common';
import {
  type Config,
  CONFIG,
  Database,
  type FirmScope,
  type GateState,
  gateState,
  Metrics,
  RateLines,
} from '@matterline/platform';
import {
  type CallObserver,
  createSmokeballClient,
  type Environment,
  hostsFromEnv,
  type RateGate,
  type Region,
  type SmokeballClient,
  type SmokeballHosts,
} from '@matterline/smokeball-client';
import { ConnectionTokens } from '../connection/connection-tokens';
import { Firms } from '../firms/firms';
import { type SmokeballApp, smokeballAppOf } from './smokeball-app';
import { smokeballGate } from './smokeball-gate';

/** Everything needed to speak to Smokeball for a firm. */
export interface SmokeballPlace {
  readonly region: Region;
  readonly environment: Environment;
  readonly hosts: SmokeballHosts;
  readonly app: SmokeballApp;
}

/** Where the tokens of a client come from. */
export interface TokenSource {
  accessToken(): Promise<string>;
  /** After a refusal: a fresh token, or null when there is none to be had. */
  renew(): Promise<string | null>;
}

/** Makes Smokeball clients: right hosts, right credentials, one rate gate for all firms of an application. */
@Injectable()
export class SmokeballAccess {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly firms: Firms,
    private readonly tokens: ConnectionTokens,
    private readonly lines: RateLines,
    private readonly metrics: Metrics,
  ) {}

  /** Null when no credentials are configured for the firm. */
  async place(firmId: string): Promise<SmokeballPlace | null> {
    return await this.database.forFirm(firmId, (scope) => this.placeIn(scope));
  }

  /** How the gate stands through which the firm's calls go; null when no credentials are configured. */
  async gateState(scope: FirmScope): Promise<GateState | null> {
    const place = await this.placeIn(scope);
    return place && (await gateState(scope, gateOf(place)));
  }

  hosts(region: Region, environment: Environment): SmokeballHosts {
    return hostsFromEnv(this.config.env, region, environment);
  }

  /** A client on the firm's own connection. Null when no credentials are configured. */
  async forConnection(firmId: string, observer?: CallObserver): Promise<SmokeballClient | null> {
    const place = await this.place(firmId);
    if (!place) return null;
    return this.client(
      place,
      {
        accessToken: () => this.tokens.accessToken(firmId, place),
        renew: () => this.tokens.renew(firmId, place),
      },
      observer,
    );
  }

  client(place: SmokeballPlace, tokens: TokenSource, observer?: CallObserver): SmokeballClient {
    return createSmokeballClient({
      hosts: place.hosts,
      clientId: place.app.clientId,
      apiKey: place.app.apiKey,
      accessToken: () => tokens.accessToken(),
      onUnauthorized: () => tokens.renew(),
      gate: this.gate(place),
      observer: {
        onCall: (record) => {
          this.metrics.smokeballCall(record.method, record.route, record.outcome);
          observer?.onCall(record);
        },
      },
    });
  }

  /** The rate gate of the place's application, for calls that do not go through a client of ours. */
  gate(place: SmokeballPlace): RateGate {
    return smokeballGate(this.lines, gateOf(place));
  }

  private async placeIn(scope: FirmScope): Promise<SmokeballPlace | null> {
    const { region, environment } = await this.firms.read(scope);
    const app = await smokeballAppOf(scope, this.firms, this.config.env, { region, environment });
    return app && { region, environment, app, hosts: this.hosts(region, environment) };
  }
}

function gateOf({ region, environment, app }: SmokeballPlace): string {
  return `${region}/${environment}/${app.clientId}`;
}
