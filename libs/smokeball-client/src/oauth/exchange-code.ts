import { postOAuthForm, type OAuthApp } from './oauth-http';
import type { OAuthResult } from './oauth-result';
import { readTokenAnswer } from './read-token-answer';

export interface CodeExchange extends OAuthApp {
  /** The same as in the authorize request. */
  readonly redirectUri: string;
  readonly code: string;
  readonly codeVerifier: string;
}

/** Trades a code for tokens. A code works once and for 5 minutes; a failed try burns it too, so a failure means: start again. */
export async function exchangeCode(request: CodeExchange): Promise<OAuthResult> {
  const form = {
    grant_type: 'authorization_code',
    redirect_uri: request.redirectUri,
    code: request.code,
    code_verifier: request.codeVerifier,
  };
  return readTokenAnswer(await postOAuthForm(request, '/oauth2/token', form));
}
