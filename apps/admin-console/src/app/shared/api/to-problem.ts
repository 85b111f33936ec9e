import { HttpErrorResponse } from '@angular/common/http';
import { Problem, ProblemKind } from './problem';

const OFFLINE: Problem = {
  kind: 'offline',
  code: 'offline',
  message: 'Matterline cannot be reached.',
  hint: 'Check your network. This page tries again when you ask it to.',
  requestId: null,
};

const UNKNOWN: Problem = {
  kind: 'failed',
  code: 'unknown',
  message: 'Something went wrong on this page.',
  hint: 'Reload the page. If it happens again, tell support what you did just before.',
  requestId: null,
};

/** Turns whatever a call threw into words; the server's own words win. Source: docs/http-api.md#errors. */
export function toProblem(thrown: unknown): Problem {
  const response = responseIn(thrown);
  if (!response) return UNKNOWN;
  if (response.status === 0) return OFFLINE;
  const error = member(response.error, 'error');
  const details = member(error, 'details');
  return {
    kind: kindOf(response.status),
    code: text(member(error, 'code')) ?? `http_${response.status}`,
    message: text(member(error, 'message')) ?? fallbackMessage(response.status),
    hint: text(member(details, 'hint')) ?? fallbackHint(response),
    requestId: response.headers.get('X-Request-Id'),
  };
}

function responseIn(thrown: unknown): HttpErrorResponse | null {
  if (thrown instanceof HttpErrorResponse) return thrown;
  const cause = thrown instanceof Error ? thrown.cause : null;
  return cause instanceof HttpErrorResponse ? cause : null;
}

function kindOf(status: number): ProblemKind {
  if (status === 403) return 'denied';
  return status === 404 ? 'missing' : 'failed';
}

function fallbackMessage(status: number): string {
  if (status === 403) return 'Your role does not include this.';
  if (status === 404) return 'There is no such record.';
  return 'The server could not answer this request.';
}

function fallbackHint(response: HttpErrorResponse): string | null {
  if (response.status === 403) return 'Ask a firm admin of your firm for access.';
  const wait = Number(response.headers.get('Retry-After'));
  return wait > 0 ? `Try again in ${wait} seconds.` : null;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
