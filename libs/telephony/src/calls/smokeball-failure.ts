import type { SmokeballFailure } from '@matterline/smokeball-client';
import type { Decision } from '../vodia/answer';

/** What a failed search means for the phone that rings. */
export function decisionOfFailure(failure: SmokeballFailure): Decision {
  switch (failure.kind) {
    case 'rate_limited':
      return { status: 'unavailable', reason: 'rate_limited' };
    case 'cancelled':
      // Cut before it left: the waiting line was too long.
      return { status: 'unavailable', reason: failure.sent === 'no' ? 'rate_limited' : 'timeout' };
    case 'timeout':
      return { status: 'unavailable', reason: 'timeout' };
    case 'unauthorized':
      return { status: 'not_paired', reason: 'expired' };
    case 'forbidden':
      return { status: 'unavailable', reason: 'api_disabled' };
    default:
      return { status: 'unavailable', reason: 'smokeball_error' };
  }
}
