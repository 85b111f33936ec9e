import { type OAuthFailure, type OAuthResult, refreshTokens, type SmokeballHosts } from '@matterline/smokeball-client';
import { ProbeFailure } from '../probe-failure';
import type { Application } from './application';
import type { RefreshOutcome, TokenSource } from './token-facts';

/** Tokens that live as long as the run and are written nowhere. */
export class OwnTokens implements TokenSource {
  constructor(
    private readonly hosts: SmokeballHosts,
    private readonly application: Application,
    private accessTokenNow: string,
    private refreshTokenNow: string | null,
  ) {}

  accessToken(): Promise<string> {
    return Promise.resolve(this.accessTokenNow);
  }

  async renew(): Promise<string | null> {
    return (await this.refresh()).works ? this.accessTokenNow : null;
  }

  get canRefresh(): boolean {
    return this.refreshTokenNow !== null;
  }

  async refresh(): Promise<RefreshOutcome> {
    const before = this.refreshTokenNow;
    if (before === null) return { works: false, reason: 'invalid_grant' };
    const { clientId, clientSecret } = this.application;
    const result = await refreshTokens({ hosts: this.hosts, clientId, clientSecret, refreshToken: before });
    if (!result.ok) return { works: false, reason: result.reason };
    this.accessTokenNow = result.tokens.accessToken;
    this.refreshTokenNow = result.tokens.refreshToken ?? before;
    return { works: true, givesNewRefreshToken: this.refreshTokenNow !== before };
  }
}

const REMEDIES: Readonly<Record<OAuthFailure['reason'], string>> = {
  invalid_grant: 'The sign-in was used up or refused: start again, and sign in within five minutes.',
  invalid_client: 'The client id or secret is not known there: check …_CLIENT_ID and …_CLIENT_SECRET of this region.',
  unauthorized_client:
    'The application may not sign in this way: leave out --client-credentials, or use them for a private one.',
  unsupported_grant_type: 'The application may not sign in this way.',
  invalid_request: 'Check …_CLIENT_ID, and the redirect address that is registered with Smokeball.',
  unreachable: 'Check the network and …_AUTH_URL, then run again.',
  unexpected: 'Check …_AUTH_URL: what answers there does not speak OAuth.',
};

/** @throws ProbeFailure with the remedy */
export function tokensOf(result: OAuthResult, authUrl: string): Extract<OAuthResult, { ok: true }>['tokens'] {
  if (result.ok) return result.tokens;
  throw new ProbeFailure(`No token from ${authUrl} (${result.reason}). ${REMEDIES[result.reason]}`);
}
