/** Closed list of what a call event is decided to be. Source: docs/telephony.md#answers. */
export const CALL_STATUSES = ['match', 'no_match', 'ignored', 'not_paired', 'unavailable'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];
