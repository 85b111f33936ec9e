export const MATTER_STATUSES = ['active', 'archived'] as const;
export const ATTORNEY_ROLES = ['responsible', 'assisting', 'originating'] as const;

/** Where a matter stands in Smokeball. Source: docs/http-api.md#matters. */
export const LINK_STATES = [
  'not_synced',
  'waiting_for_client',
  'needs_mapping',
  'needs_review',
  'pending',
  'accepted',
  'confirmed',
  'failed',
  'broken',
  'unlinked',
] as const;
export type LinkState = (typeof LINK_STATES)[number];
