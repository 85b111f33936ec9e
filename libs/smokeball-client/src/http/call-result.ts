export type SmokeballFailureKind =
  | 'rejected'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'server_error'
  | 'timeout'
  | 'network'
  | 'bad_answer'
  | 'cancelled';

/**
 * Finer than the kind, where the difference changes what to do:
 * - `invalid_request`: our own check refused it, nothing left the process
 * - `no_access_token`: the connection has no usable token, nothing left the process
 * - `away`: too many calls in a row got no answer, so this one was not made
 * - `missing_scope`: the gateway denied the route to this token
 * - `gateway_forbidden`: unknown or missing API key
 * - `unknown_route`: the gateway knows no such address
 * - `too_large`, `unreadable`, `redirected`, `unexpected_shape`: why an answer is bad
 * - `upload_expired`, `upload_refused`, `size_mismatch`: file storage
 */
export type SmokeballFailureCode =
  | 'invalid_request'
  | 'no_access_token'
  | 'away'
  | 'missing_scope'
  | 'gateway_forbidden'
  | 'unknown_route'
  | 'too_large'
  | 'unreadable'
  | 'redirected'
  | 'unexpected_shape'
  | 'upload_expired'
  | 'upload_refused'
  | 'size_mismatch';

/** Why a call gave no result. `docs/smokeball-api.md#errors` */
export interface SmokeballFailure {
  readonly kind: SmokeballFailureKind;
  /** HTTP status, or null when no answer began. */
  readonly status: number | null;
  readonly code?: SmokeballFailureCode;
  /** Smokeball's own words or ours, at most 1,000 characters. May quote client data: store encrypted, never log. */
  readonly detail: string;
  readonly retryAfterMs?: number;
  /** `no`: surely never left this process. `yes`: an answer began. `maybe`: it left, and nothing came back. */
  readonly sent: 'no' | 'maybe' | 'yes';
  readonly requestId: string;
}

/** Result of one call. Expected failures are values; only programming errors and our own broken ports throw. */
export type CallResult<T> =
  | { readonly ok: true; readonly status: number; readonly data: T; readonly requestId: string }
  | { readonly ok: false; readonly failure: SmokeballFailure };
