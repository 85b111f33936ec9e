import { postOAuthForm, type OAuthApp } from './oauth-http';
import type { OAuthResult } from './oauth-result';
import { readTokenAnswer } from './read-token-answer';

export interface TokenRefresh extends OAuthApp {
  readonly refreshToken: string;
}

/**
 * A new access token. Only `invalid_grant` ends a connection; store a `refreshToken` in the answer before using the access token, and
 * keep the old one where there is none. One refresh at a time per connection. docs/smokeball-api.md#lifetimes
 */
export async function refreshTokens(request: TokenRefresh): Promise<OAuthResult> {
  const form = { grant_type: 'refresh_token', refresh_token: request.refreshToken };
  return readTokenAnswer(await postOAuthForm(request, '/oauth2/token', form));
}
