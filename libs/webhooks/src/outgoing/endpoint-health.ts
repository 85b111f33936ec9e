import type { WebhookState } from '@matterline/contracts';
import type { PostResult } from './signed-post';

/** At most so many under way at one address, over all processes; also in migrations/0015-delivery-attempts.ts. Source: docs/http-api.md#our-events. */
export const AT_ONCE = 6;
/** An address is paused after so many failures without a success between them, over at least so long. */
export const PAUSE_AFTER_FAILURES = 10;
export const PAUSE_AFTER_MS = 5 * 60_000;
const FIRST_PROBE_MS = 60_000;
const LONGEST_PROBE_MS = 15 * 60_000;
const GONE = 410;

export interface EndpointHealth {
  readonly state: WebhookState;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly pausedSince: Date | null;
  /** Failed tries since it was paused. */
  readonly probes: number;
  /** Nothing is sent before. */
  readonly notBefore: Date | null;
  readonly lastError: string | null;
}

const WELL: EndpointHealth = {
  state: 'active',
  failures: 0,
  failingSince: null,
  pausedSince: null,
  probes: 0,
  notBefore: null,
  lastError: null,
};

/** What one try teaches about its address: a success makes it well, 410 disables it, too many failures pause it. */
export function healthAfter(
  before: EndpointHealth,
  result: PostResult,
  nowMs: number,
  random: () => number = Math.random,
): EndpointHealth {
  if (result.error === null) return WELL;
  const failures = before.failures + 1;
  const failingSince = before.failingSince ?? new Date(nowMs);
  const failing = { ...before, failures, failingSince, lastError: result.error };
  if (result.status === GONE || before.state === 'disabled')
    return { ...failing, state: 'disabled', pausedSince: null, notBefore: null };
  const askedMs = result.retryAfterMs ?? 0;
  const isOver = failures >= PAUSE_AFTER_FAILURES && nowMs - failingSince.getTime() >= PAUSE_AFTER_MS;
  if (before.state !== 'paused' && !isOver)
    return { ...failing, notBefore: askedMs > 0 ? new Date(nowMs + askedMs) : before.notBefore };
  const probes = before.state === 'paused' ? before.probes + 1 : 0;
  const waitMs = Math.max(askedMs, probeMs(probes, random));
  return {
    ...failing,
    state: 'paused',
    pausedSince: before.pausedSince ?? new Date(nowMs),
    probes,
    notBefore: new Date(nowMs + waitMs),
  };
}

/** Doubled from a minute to 15; up to a fifth sooner, so that addresses which fell together are not asked together. */
function probeMs(probes: number, random: () => number): number {
  const longest = Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** Math.min(probes, 10));
  return Math.round(longest * (1 - random() / 5));
}
