import type { SmokeballFailure } from './call-result';
import { classifyFailure, type AttemptContext, type FailureVerdict } from './classify';

const random = (): number => 0.5;

function failure(parts: Partial<SmokeballFailure>): SmokeballFailure {
  return { kind: 'network', status: null, detail: '', sent: 'yes', requestId: 'r', ...parts };
}

type Row = [
  string,
  Partial<SmokeballFailure>,
  Pick<AttemptContext, 'method'> & Partial<AttemptContext>,
  FailureVerdict,
];

const rows: readonly Row[] = [
  ['400', { kind: 'rejected', status: 400 }, { method: 'POST' }, { action: 'fail', outcomeUnknown: false }],
  [
    'our own check',
    { kind: 'rejected', sent: 'no', code: 'invalid_request' },
    { method: 'POST' },
    { action: 'fail', outcomeUnknown: false },
  ],
  [
    'first 401',
    { kind: 'unauthorized', status: 401 },
    { method: 'POST' },
    { action: 'refresh', outcomeUnknown: false },
  ],
  [
    'second 401',
    { kind: 'unauthorized', status: 401 },
    { method: 'POST', attempt: 2 },
    { action: 'hold_reconnect', outcomeUnknown: false },
  ],
  [
    'no token at all',
    { kind: 'unauthorized', sent: 'no', code: 'no_access_token' },
    { method: 'GET' },
    { action: 'hold_reconnect', outcomeUnknown: false },
  ],
  [
    'first missing scope',
    { kind: 'forbidden', status: 403, code: 'missing_scope' },
    { method: 'POST' },
    { action: 'refresh', outcomeUnknown: false },
  ],
  [
    'missing scope after a refresh',
    { kind: 'forbidden', status: 403, code: 'missing_scope' },
    { method: 'POST', attempt: 2 },
    { action: 'hold_reconnect', outcomeUnknown: false },
  ],
  [
    'bad API key',
    { kind: 'forbidden', status: 403, code: 'gateway_forbidden' },
    { method: 'GET' },
    { action: 'review', outcomeUnknown: false },
  ],
  [
    'unknown address',
    { kind: 'forbidden', status: 403, code: 'unknown_route' },
    { method: 'GET' },
    { action: 'review', outcomeUnknown: false },
  ],
  [
    "another firm's record",
    { kind: 'forbidden', status: 403 },
    { method: 'GET' },
    { action: 'fail', outcomeUnknown: false },
  ],
  [
    'expired upload address',
    { kind: 'forbidden', status: 403, code: 'upload_expired' },
    { method: 'PUT' },
    { action: 'retry', outcomeUnknown: false, waitMs: 0 },
  ],
  ['404', { kind: 'not_found', status: 404 }, { method: 'GET' }, { action: 'fail', outcomeUnknown: false }],
  [
    '404 of something new',
    { kind: 'not_found', status: 404 },
    { method: 'GET', isJustCreated: true },
    { action: 'retry', outcomeUnknown: false, waitMs: 500 },
  ],
  [
    '429',
    { kind: 'rate_limited', status: 429 },
    { method: 'POST', attempt: 3 },
    { action: 'retry', outcomeUnknown: false, waitMs: 2_000 },
  ],
  [
    '429 with a wish',
    { kind: 'rate_limited', status: 429, retryAfterMs: 7_000 },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: false, waitMs: 7_500 },
  ],
  [
    '429 with an absurd wish',
    { kind: 'rate_limited', status: 429, retryAfterMs: 9e12 },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: false, waitMs: 900_000 },
  ],
  [
    '503 on a read',
    { kind: 'server_error', status: 503 },
    { method: 'GET' },
    { action: 'retry', outcomeUnknown: false, waitMs: 500 },
  ],
  [
    '502 on a create: it may have been done',
    { kind: 'server_error', status: 502 },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: true, waitMs: 500 },
  ],
  [
    'connection refused on a create',
    { kind: 'network', sent: 'no' },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: false, waitMs: 500 },
  ],
  [
    'reset on a create',
    { kind: 'network', sent: 'maybe' },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: true, waitMs: 500 },
  ],
  [
    'reset on a read',
    { kind: 'network', sent: 'maybe' },
    { method: 'GET' },
    { action: 'retry', outcomeUnknown: false, waitMs: 500 },
  ],
  [
    'reset in the middle of an answer to a create',
    { kind: 'network', sent: 'yes', status: 202 },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: true, waitMs: 500 },
  ],
  [
    'time-out on a change',
    { kind: 'timeout', sent: 'maybe' },
    { method: 'PATCH' },
    { action: 'retry', outcomeUnknown: true, waitMs: 500 },
  ],
  [
    'cancelled at the gate',
    { kind: 'cancelled', sent: 'no' },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: false, waitMs: 500 },
  ],
  [
    'cancelled after sending',
    { kind: 'cancelled', sent: 'maybe' },
    { method: 'DELETE' },
    { action: 'retry', outcomeUnknown: true, waitMs: 500 },
  ],
  [
    'nonsense instead of a created id',
    { kind: 'bad_answer', status: 202, code: 'unexpected_shape' },
    { method: 'POST' },
    { action: 'retry', outcomeUnknown: true, waitMs: 500 },
  ],
  [
    'nonsense for the third time',
    { kind: 'bad_answer', status: 200, code: 'unreadable' },
    { method: 'GET', attempt: 3 },
    { action: 'review', outcomeUnknown: false },
  ],
  [
    'a redirect',
    { kind: 'bad_answer', status: 302, code: 'redirected' },
    { method: 'GET' },
    { action: 'review', outcomeUnknown: false },
  ],
];

describe('classifyFailure', () => {
  it.each(rows)('%s', (_name, parts, context, verdict) => {
    expect(classifyFailure(failure(parts), { attempt: 1, random, ...context })).toEqual(verdict);
  });
});
