import type { CallResult, SmokeballFailure } from '../http/call-result';

/** The failure of a call that had to fail. */
export function failureOf(result: CallResult<unknown>): SmokeballFailure {
  if (result.ok) throw new Error('expected a failure');
  return result.failure;
}
