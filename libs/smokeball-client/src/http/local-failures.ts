import type { z } from 'zod';
import type { SmokeballFailure } from './call-result';
import { shorten } from './problem-text';

/** Our own check refused the request. Names members and rules, never values. */
export function invalidRequest(detail: string, requestId: string): SmokeballFailure {
  return { kind: 'rejected', status: null, code: 'invalid_request', detail: shorten(detail), sent: 'no', requestId };
}

export function cancelledAtGate(requestId: string): SmokeballFailure {
  return { kind: 'cancelled', status: null, detail: 'Cancelled while waiting for its turn', sent: 'no', requestId };
}

export function awayAtGate(retryAfterMs: number, requestId: string): SmokeballFailure {
  const detail = 'Smokeball has not been answering; this call waits until it does';
  return { kind: 'server_error', status: null, code: 'away', detail, retryAfterMs, sent: 'no', requestId };
}

export function noAccessToken(requestId: string): SmokeballFailure {
  const detail = 'The connection to Smokeball has no usable access token';
  return { kind: 'unauthorized', status: null, code: 'no_access_token', detail, sent: 'no', requestId };
}

/** `person.email: invalid_type; clientIds: too_small` */
export function issuesText(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issueName(issue)}`).join('; ');
}

function issueName(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? `unknown member ${issue.keys.join(', ')}` : issue.code;
}
