import type { SmokeballFailure, SmokeballFailureCode, SmokeballFailureKind } from './call-result';
import type { AnswerHeaders } from './exchange';
import { parseLosslessJson } from './lossless-json';
import { problemText } from './problem-text';
import { retryAfterMs } from './retry-after';

interface RefusedAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
}

/** What an answer other than 2xx means. docs/smokeball-api.md#errors */
export function failureOfAnswer(answer: RefusedAnswer, requestId: string, nowMs: number): SmokeballFailure {
  const detail = problemText(bodyOf(answer.body), `Smokeball answered ${answer.status}`);
  const code = codeOf(answer.status, detail);
  const retryAfter = retryAfterMs(answer.headers['retry-after'], nowMs);
  return {
    kind: kindOf(answer.status),
    status: answer.status,
    ...(code === undefined ? {} : { code }),
    detail,
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    sent: 'yes',
    requestId,
  };
}

function kindOf(status: number): SmokeballFailureKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 408) return 'server_error';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'rejected' : 'bad_answer';
}

function codeOf(status: number, detail: string): SmokeballFailureCode | undefined {
  if (status >= 300 && status < 400) return 'redirected';
  if (status !== 403) return undefined;
  if (/execute-api:Invoke|not authorized to access this resource|insufficient[_ ]scope/i.test(detail)) {
    return 'missing_scope';
  }
  if (/^Missing Authentication Token$/i.test(detail)) return 'unknown_route';
  return /^Forbidden$/i.test(detail) ? 'gateway_forbidden' : undefined;
}

function bodyOf(body: Buffer): unknown {
  const text = body.toString('utf8');
  try {
    return parseLosslessJson(text);
  } catch {
    return text;
  }
}
