import type { Tenant } from '../model/tenant';
import type { AppRecord } from './records';

export interface AuthorizeRequest {
  readonly app: AppRecord;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly challenge: string | null;
  /** Null: all that the app has. */
  readonly scopes: readonly string[] | null;
  readonly loginHint: string | null;
}

/** `page`: the partner is not known or the address is not exactly a registered one, so nothing may be sent there. */
export type AuthorizeCheck =
  | { readonly outcome: 'ask'; readonly request: AuthorizeRequest }
  | { readonly outcome: 'page'; readonly error: string }
  | { readonly outcome: 'redirect'; readonly to: string };

/** Checks the query of `GET /oauth2/authorize` (RFC 6749 section 4.1.1, RFC 7636 section 4.3; S256 only). */
export function checkAuthorizeRequest(tenant: Tenant, query: URLSearchParams): AuthorizeCheck {
  const app = tenant.apps.get(query.get('client_id') ?? '');
  if (app === undefined) return { outcome: 'page', error: 'invalid_client' };
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null || !app.redirect_uris.includes(redirectUri)) {
    return { outcome: 'page', error: 'redirect_mismatch' };
  }
  const state = query.get('state');
  const refuse = (error: string): AuthorizeCheck => {
    return { outcome: 'redirect', to: redirectTo(redirectUri, { error, state }) };
  };
  if (query.get('response_type') !== 'code') return refuse('unsupported_response_type');
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge !== null && method !== 'S256') return refuse('invalid_request');
  if (challenge === null && (method !== null || app.public)) return refuse('invalid_request');
  const scopes =
    query
      .get('scope')
      ?.split(' ')
      .filter((scope) => scope !== '') ?? null;
  if (scopes?.some((scope) => !app.scopes.includes(scope)) === true) return refuse('invalid_scope');
  const loginHint = query.get('login_hint');
  return { outcome: 'ask', request: { app, redirectUri, state, challenge, scopes, loginHint } };
}

/** The address with these parameters added; null ones are left out. */
export function redirectTo(uri: string, parameters: Readonly<Record<string, string | null>>): string {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.toString();
}
