import { OPERATION_ERRORS, type OperationErrorCode } from '@matterline/contracts';
import { classifyFailure, type HttpMethod, type SmokeballFailure } from '@matterline/smokeball-client';

/** How one run of an operation ended. */
export type Outcome =
  | { readonly kind: 'succeeded' }
  /** Smokeball said 202: the operation now waits to be confirmed. */
  | { readonly kind: 'accepted' }
  /** Not a failure: something else has to happen first; looked at again after `waitMs` or when woken. */
  | { readonly kind: 'waiting'; readonly waitMs: number }
  | Failed;

export interface Failed {
  readonly kind: 'failed';
  readonly code: OperationErrorCode;
  /** Smokeball's own words; may quote client data, so it is stored encrypted and never logged. */
  readonly detail?: string;
  readonly waitMs?: number;
  /** Smokeball had accepted the request: nothing that it would have made exists. */
  readonly isRefusedLater?: boolean;
}

export const SUCCEEDED: Outcome = { kind: 'succeeded' };
export const ACCEPTED: Outcome = { kind: 'accepted' };
export const waiting = (waitMs: number): Outcome => ({ kind: 'waiting', waitMs });
export const failed = (code: OperationErrorCode, detail?: string): Failed => ({ kind: 'failed', code, detail });
export const fateOf = (code: OperationErrorCode) => OPERATION_ERRORS[code].fate;

/** What Smokeball's refusal or silence means for the operation; the one classifier decides (docs/smokeball-api.md#errors). */
export function failureOutcome(failure: SmokeballFailure, method: HttpMethod, attempt: number): Failed {
  const verdict = classifyFailure(failure, { method, attempt: Math.max(1, attempt) });
  const base = { kind: 'failed', detail: failure.detail, waitMs: verdict.waitMs } as const;
  switch (verdict.action) {
    case 'retry':
    case 'refresh':
      return {
        ...base,
        code:
          failure.kind === 'rate_limited'
            ? 'rate_limited'
            : failure.code === 'upload_expired'
              ? 'upload_refused'
              : 'smokeball_unavailable',
      };
    case 'hold_reconnect':
      return { ...base, code: 'needs_reauth' };
    case 'review':
      return { ...base, code: failure.code === 'gateway_forbidden' ? 'misconfigured' : 'rejected' };
    case 'fail':
      return {
        ...base,
        code:
          failure.kind === 'forbidden' ? 'not_permitted' : failure.kind === 'not_found' ? 'link_broken' : 'rejected',
      };
  }
}
