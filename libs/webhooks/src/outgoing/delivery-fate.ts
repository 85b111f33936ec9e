import type { DeliveryState } from '@matterline/contracts';
import { backoffMs } from '@matterline/smokeball-client';
import type { PostResult } from './signed-post';

/** Source: docs/http-api.md#our-events. */
export const KEEP_TRYING_MS = 24 * 3600_000;
const LEAST_WAIT_MS = 2_500;

export interface Tried {
  readonly result: PostResult;
  /** Since it was made or last replayed, from 1. */
  readonly attempt: number;
  /** Since the first of those. */
  readonly triedMs: number;
  readonly isEndpointGone: boolean;
  readonly isEndpointDisabled: boolean;
}

export interface DeliveryFate {
  readonly state: DeliveryState;
  /** Null when it is not tried again by itself. */
  readonly waitMs: number | null;
}

/** What becomes of a delivery after a try: again with full jitter, but no sooner than the receiver asked, for a day. */
export function fateOf(tried: Tried, random: () => number = Math.random): DeliveryFate {
  if (tried.result.error === null) return { state: 'delivered', waitMs: null };
  if (tried.isEndpointGone) return { state: 'cancelled', waitMs: null };
  if (tried.isEndpointDisabled || tried.triedMs > KEEP_TRYING_MS) return { state: 'held', waitMs: null };
  const waitMs = LEAST_WAIT_MS + backoffMs(tried.attempt + 2, random);
  return { state: 'pending', waitMs: Math.max(waitMs, tried.result.retryAfterMs ?? 0) };
}
