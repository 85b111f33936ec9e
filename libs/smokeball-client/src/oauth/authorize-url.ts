import type { SmokeballHosts } from '../regions';

export interface AuthorizeRequest {
  readonly hosts: Pick<SmokeballHosts, 'auth'>;
  readonly clientId: string;
  /** Must equal a registered address to the letter. */
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
}

/**
 * Where to send the browser for consent. There is no `scope` on purpose: without it the token carries every scope of the app, and
 * `openid` would change the kind of token. docs/smokeball-api.md#oauth
 */
export function buildAuthorizeUrl(request: AuthorizeRequest): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
  });
  return `${request.hosts.auth}/oauth2/authorize?${query.toString()}`;
}
