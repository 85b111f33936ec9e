export const PAIRING_STATES = ['paired', 'never', 'expired', 'revoked'] as const;
export type PairingState = (typeof PAIRING_STATES)[number];

/** Why an extension is not paired. Source: docs/telephony.md#answers. */
export const NOT_PAIRED_REASONS = ['never', 'expired', 'revoked'] as const;
export type NotPairedReason = (typeof NOT_PAIRED_REASONS)[number];
