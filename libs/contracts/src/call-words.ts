/** Closed list of what a call event is decided to be. Source: docs/telephony.md#answers. */
export const CALL_STATUSES = ['match', 'no_match', 'ignored', 'not_paired', 'unavailable'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** The moments of a call that are decided on. */
export const CALL_STATES = ['ringing', 'connected', 'terminated'] as const;
export type CallState = (typeof CALL_STATES)[number];

export const CALL_DIRECTIONS = ['inbound', 'outbound'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

export const IGNORED_REASONS = [
  'internal',
  'star_code',
  'anonymous',
  'emergency',
  'state',
  'too_short',
  'out_of_scope',
  'duplicate',
] as const;
export type IgnoredReason = (typeof IGNORED_REASONS)[number];

export const UNAVAILABLE_REASONS = ['timeout', 'rate_limited', 'smokeball_error', 'api_disabled'] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];
