import type { SmokeballFailure } from './call-result';
import type { BrokenExchange } from './exchange';

/** What it means that no whole answer came. */
export function failureOfBreak(broken: BrokenExchange, requestId: string, timeoutMs: number): SmokeballFailure {
  const shared = { status: broken.status, sent: broken.sent, requestId };
  switch (broken.cause) {
    case 'timeout':
      return { ...shared, kind: 'timeout', detail: `No answer within ${timeoutMs} ms` };
    case 'cancelled':
      return { ...shared, kind: 'cancelled', detail: 'The call was cancelled' };
    case 'too_large':
      return { ...shared, kind: 'bad_answer', code: 'too_large', detail: 'The answer is larger than allowed' };
    case 'network':
      return { ...shared, kind: 'network', detail: `Connection failed (${errorCode(broken.error)})` };
  }
}

/** Codes only: messages of network errors may hold addresses. */
function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
