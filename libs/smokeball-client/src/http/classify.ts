import { BACKOFF_CAP_MS, backoffMs } from './backoff';
import type { SmokeballFailure } from './call-result';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type FailureAction = 'retry' | 'refresh' | 'hold_reconnect' | 'fail' | 'review';

export interface FailureVerdict {
  /**
   * - `retry`: again after `waitMs`; look first when `outcomeUnknown`; after `upload_expired` ask for a new upload address first
   * - `refresh`: force a new access token, then again at once
   * - `hold_reconnect`: stop this firm's work until somebody connects again
   * - `fail`: Smokeball means it; only a changed request can succeed
   * - `review`: our set-up or our understanding is wrong; a person must look
   */
  readonly action: FailureAction;
  /** True when the write may have happened: look for its effect before creating again. Always false for GET. */
  readonly outcomeUnknown: boolean;
  readonly waitMs?: number;
}

export interface AttemptContext {
  readonly method: HttpMethod;
  /** The attempt that has just failed, from 1. */
  readonly attempt: number;
  /** A record we created a moment ago answers 404 until Smokeball has materialised it. */
  readonly isJustCreated?: boolean;
  readonly random?: () => number;
}

const BAD_ANSWER_ATTEMPTS = 3;

/** The one place that decides what a failure means for the next step. Pure, but for the jitter. docs/smokeball-api.md#errors */
export function classifyFailure(failure: SmokeballFailure, context: AttemptContext): FailureVerdict {
  const outcomeUnknown = mayHaveHappened(failure, context.method);
  const retry: FailureVerdict = { action: 'retry', outcomeUnknown, waitMs: waitMs(failure, context) };

  switch (failure.kind) {
    case 'rejected':
      return { action: 'fail', outcomeUnknown };
    case 'not_found':
      return context.isJustCreated === true ? retry : { action: 'fail', outcomeUnknown };
    case 'unauthorized':
      return reauthorise(failure, context, outcomeUnknown);
    case 'forbidden':
      if (failure.code === 'missing_scope') return reauthorise(failure, context, outcomeUnknown);
      if (failure.code === 'upload_expired') return { action: 'retry', outcomeUnknown, waitMs: 0 };
      return { action: isSetUpFault(failure) ? 'review' : 'fail', outcomeUnknown };
    case 'bad_answer':
      if (failure.code === 'redirected' || context.attempt >= BAD_ANSWER_ATTEMPTS) {
        return { action: 'review', outcomeUnknown };
      }
      return retry;
    case 'rate_limited':
    case 'server_error':
    case 'timeout':
    case 'network':
    case 'cancelled':
      return retry;
  }
}

function reauthorise(failure: SmokeballFailure, context: AttemptContext, outcomeUnknown: boolean): FailureVerdict {
  const isFirstTry = context.attempt <= 1 && failure.code !== 'no_access_token';
  return { action: isFirstTry ? 'refresh' : 'hold_reconnect', outcomeUnknown };
}

function isSetUpFault(failure: SmokeballFailure): boolean {
  return failure.code === 'gateway_forbidden' || failure.code === 'unknown_route' || failure.code === 'upload_refused';
}

/** A refusal proves that nothing was done; silence, a 5xx and an unreadable success do not. */
function mayHaveHappened(failure: SmokeballFailure, method: HttpMethod): boolean {
  if (method === 'GET' || failure.sent === 'no') return false;
  if (failure.sent === 'maybe') return true;
  return failure.kind === 'server_error' || isBrokenAnswer(failure);
}

function isBrokenAnswer(failure: SmokeballFailure): boolean {
  const { kind } = failure;
  return kind === 'bad_answer' || kind === 'timeout' || kind === 'network' || kind === 'cancelled';
}

function waitMs(failure: SmokeballFailure, context: AttemptContext): number {
  const jitterMs = backoffMs(context.attempt, context.random);
  if (failure.retryAfterMs === undefined) return jitterMs;
  return Math.min(failure.retryAfterMs + jitterMs, BACKOFF_CAP_MS);
}
