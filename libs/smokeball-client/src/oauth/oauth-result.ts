export interface OAuthTokens {
  readonly accessToken: string;
  /** Present after a code exchange; on refresh only where rotation is on. Absent means: keep the old one. */
  readonly refreshToken?: string;
  readonly expiresInS: number;
  /** Space-delimited, where the answer says it. */
  readonly scope?: string;
}

/**
 * - `invalid_grant`: the code or refresh token is used up, expired or revoked: only a new consent helps
 * - `invalid_client`, `unauthorized_client`, `unsupported_grant_type`, `invalid_request`: our set-up is wrong
 * - `unreachable`: no answer, 429 or 5xx: nothing is known, keep the tokens and try later
 * - `unexpected`: an answer that makes no sense
 */
export type OAuthFailureReason =
  | 'invalid_grant'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_request'
  | 'unreachable'
  | 'unexpected';

export interface OAuthFailure {
  readonly ok: false;
  readonly reason: OAuthFailureReason;
  readonly status?: number;
  readonly detail?: string;
}

export type OAuthResult = { readonly ok: true; readonly tokens: OAuthTokens } | OAuthFailure;
