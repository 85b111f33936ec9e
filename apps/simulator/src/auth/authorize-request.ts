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
  | { readonly outcome: 'page'; readonly error: string; readonly advice: readonly string[] }
  | { readonly outcome: 'redirect'; readonly to: string };

/**
 * Checks the query of `GET /oauth2/authorize` (RFC 6749 section 4.1.1, RFC 7636 section 4.3; S256 only).
 * `isStrict` false leaves only what is needed to answer at all.
 */
export function checkAuthorizeRequest(tenant: Tenant, query: URLSearchParams, isStrict: boolean): AuthorizeCheck {
  const app = tenant.apps.get(query.get('client_id') ?? '');
  if (app === undefined) return { outcome: 'page', error: 'invalid_client', advice: unknownClient(tenant, query) };
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null || (isStrict && !app.redirect_uris.includes(redirectUri))) {
    return { outcome: 'page', error: 'redirect_mismatch', advice: otherAddress(app, redirectUri) };
  }
  const state = query.get('state');
  const scopes = scopesOf(query);
  const error = isStrict ? errorIn(app, query, scopes) : undefined;
  if (error !== undefined) return { outcome: 'redirect', to: redirectTo(redirectUri, { error, state }) };
  const challenge = query.get('code_challenge');
  const loginHint = query.get('login_hint');
  return { outcome: 'ask', request: { app, redirectUri, state, challenge, scopes, loginHint } };
}

function unknownClient({ info }: Tenant, query: URLSearchParams): readonly string[] {
  const sent = query.get('client_id') ?? 'none';
  return [
    `Compare the client_id with the one that was registered, letter for letter. Sent: ${sent}.`,
    `An application is registered for one region and environment; this is ${info.region.toUpperCase()} ${info.environment}.`,
  ];
}

function otherAddress(app: AppRecord, redirectUri: string | null): readonly string[] {
  return [
    'Compare the redirect_uri with the registered addresses, letter for letter: scheme, host, port, path, a slash at the end, query.',
    `Sent: ${redirectUri ?? 'none'}`,
    ...(app.redirect_uris.length === 0 ? ['Registered: none'] : app.redirect_uris.map((uri) => `Registered: ${uri}`)),
  ];
}

function errorIn(app: AppRecord, query: URLSearchParams, scopes: readonly string[] | null): string | undefined {
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge !== null && method !== 'S256') return 'invalid_request';
  if (challenge === null && (method !== null || app.public)) return 'invalid_request';
  return scopes?.some((scope) => !app.scopes.includes(scope)) === true ? 'invalid_scope' : undefined;
}

function scopesOf(query: URLSearchParams): readonly string[] | null {
  const text = query.get('scope');
  return text === null ? null : text.split(' ').filter((scope) => scope !== '');
}

/** The address with these parameters added; null ones are left out. */
export function redirectTo(uri: string, parameters: Readonly<Record<string, string | null>>): string {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.toString();
}
