import {
  hostsFromEnv,
  type OAuthResult,
  readAccessTokenClaims,
  type SmokeballHosts,
} from '@matterline/smokeball-client';
import { ProbeFailure } from '../probe-failure';
import type { ProbeOptions } from '../probe-options';
import { type Application, applicationFromEnv, secondApplication } from './application';
import { signInWithBrowser } from './browser-sign-in';
import { clientCredentialsToken } from './client-credentials';
import { OwnTokens, tokensOf } from './own-tokens';
import type { SignedIn } from './signed-in';
import { readTokenText } from './stdin-token';
import { tokenLifetimeS } from './token-lifetime';

export interface SignInTools {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly readStdin: () => Promise<string>;
  readonly say: (text: string) => void;
}

/** A sign-in that needs no database: by a browser, from standard input, or with client credentials. @throws ProbeFailure */
export async function signInAlone(options: ProbeOptions, tools: SignInTools): Promise<SignedIn> {
  const { region, environment } = options;
  if (region === null || environment === null) throw new ProbeFailure('--region is required: us, au or uk.');
  const application = applicationFromEnv(tools.env, region, environment);
  const hosts = hostsOf(tools.env, region, environment);
  const now = new Date();
  if (options.signIn === 'client-credentials') {
    const { accessToken } = tokensOf(await clientCredentialsToken(hosts, application), hosts.auth);
    return signedIn({ options, application, hosts, accessToken, refreshToken: null, consentedAt: null });
  }
  if (options.signIn === 'stdin') {
    const given = readTokenText(await tools.readStdin());
    return signedIn({ options, application, hosts, ...given, consentedAt: options.consentedOn });
  }
  const tokens = tokensOf(await browser(options, tools, hosts, application), hosts.auth);
  const { accessToken, refreshToken = null } = tokens;
  return signedIn({ options, application, hosts, accessToken, refreshToken, consentedAt: now });
}

/** A browser sign-in beside the first one. @throws ProbeFailure */
export async function signInSecond(options: ProbeOptions, tools: SignInTools, first: SignedIn) {
  const { region, environment, hosts } = first;
  const { clientId, apiKey } = first;
  const own = first.firmId === '' ? applicationFromEnv(tools.env, region, environment) : { clientId, apiKey };
  const application = secondApplication(tools.env, own);
  tools.say('A second sign-in, with another application or as another person of the same firm:');
  const { accessToken } = tokensOf(await browser(options, tools, hosts, application), hosts.auth);
  const tokens = new OwnTokens(hosts, application, accessToken, null);
  const userOf = (token: string) => readAccessTokenClaims(token).sub;
  return {
    tokens,
    apiKey: application.apiKey,
    isOtherApplication: application.clientId !== clientId,
    isOtherUser: userOf(accessToken) !== userOf(await first.tokens.accessToken()),
  };
}

function hostsOf(
  env: NodeJS.ProcessEnv,
  region: SignedIn['region'],
  environment: SignedIn['environment'],
): SmokeballHosts {
  try {
    return hostsFromEnv(env, region, environment);
  } catch (error) {
    throw new ProbeFailure(`${error instanceof Error ? error.message : 'An address is wrong'}.`);
  }
}

function browser(
  options: ProbeOptions,
  tools: SignInTools,
  hosts: SmokeballHosts,
  application: Application,
): Promise<OAuthResult> {
  const { signal, say } = tools;
  return signInWithBrowser({ hosts, application, port: options.signInPort, signal, say });
}

interface Parts {
  readonly options: ProbeOptions;
  readonly application: Application;
  readonly hosts: SmokeballHosts;
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly consentedAt: Date | null;
}

function signedIn({ options, application, hosts, accessToken, refreshToken, consentedAt }: Parts): SignedIn {
  const tokens = new OwnTokens(hosts, application, accessToken, refreshToken);
  return {
    region: options.region ?? 'us',
    environment: options.environment ?? 'production',
    hosts,
    clientId: application.clientId,
    apiKey: application.apiKey,
    tokens,
    firmId: '',
    facts: {
      kind: options.signIn === 'client-credentials' ? 'client-credentials' : 'code',
      lifetimeS: tokenLifetimeS(accessToken),
      consentedAt,
      showsRefreshToken: true,
      refresh: tokens.canRefresh ? () => tokens.refresh() : null,
    },
    close: () => Promise.resolve(),
  };
}
