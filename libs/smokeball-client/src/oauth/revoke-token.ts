import { postOAuthForm, type OAuthApp } from './oauth-http';
import type { OAuthFailure } from './oauth-result';
import { oauthFailure } from './read-token-answer';

export interface TokenRevocation extends OAuthApp {
  readonly refreshToken: string;
}

/** Best effort: Smokeball documents no revocation, its identity provider has one. A failure does not stop a disconnect. docs/smokeball-api.md#oauth */
export async function revokeToken(request: TokenRevocation): Promise<{ readonly ok: true } | OAuthFailure> {
  const answer = await postOAuthForm(request, '/oauth2/revoke', { token: request.refreshToken });
  return answer.ok && answer.status >= 200 && answer.status < 300 ? { ok: true } : oauthFailure(answer);
}
