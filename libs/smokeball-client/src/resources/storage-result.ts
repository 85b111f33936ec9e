import { errors } from 'undici';
import type { CallResult, SmokeballFailure } from '../http/call-result';
import type { AnswerHeaders, Exchange } from '../http/exchange';
import { failureOfAnswer } from '../http/failure-of-answer';
import { failureOfBreak } from '../http/failure-of-break';
import type { StartMark } from '../http/start-marker';

/** What storage's answer to an upload means. */
export function uploadResult(answer: Exchange, requestId: string, timeoutMs: number): CallResult<void> {
  if (!answer.ok) {
    const failure = failureOfBreak(answer, requestId, timeoutMs);
    if (!(answer.error instanceof errors.RequestContentLengthMismatchError)) return { ok: false, failure };
    const detail = 'The document does not have the announced size';
    return { ok: false, failure: { ...failure, kind: 'rejected', code: 'size_mismatch', detail } };
  }
  const { status } = answer;
  if (status >= 200 && status < 300) return { ok: true, status, data: undefined, requestId };
  return { ok: false, failure: storageRefusal(answer, requestId) };
}

/** Storage answers in XML: 403 for an expired or wrongly signed address, 400 `RequestTimeout` when bytes stopped coming. */
export function storageRefusal(
  answer: { readonly status: number; readonly headers: AnswerHeaders; readonly body: Buffer },
  requestId: string,
): SmokeballFailure {
  const failure = failureOfAnswer(answer, requestId, Date.now());
  if (answer.status === 403) {
    return { ...failure, code: /expired/i.test(failure.detail) ? 'upload_expired' : 'upload_refused' };
  }
  return failure.detail.includes('RequestTimeout') ? { ...failure, kind: 'timeout' } : failure;
}

/** Why no download began. */
export function downloadBreak(
  error: unknown,
  mark: StartMark,
  signal: AbortSignal | undefined,
  requestId: string,
): SmokeballFailure {
  const isTimeout = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  return {
    kind: signal?.aborted === true ? 'cancelled' : isTimeout ? 'timeout' : 'network',
    status: null,
    detail: 'The download did not begin',
    sent: mark.hasStarted ? 'maybe' : 'no',
    requestId,
  };
}
