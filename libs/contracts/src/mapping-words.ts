/** How the Smokeball matter type of a case type was found, from the surest to the last resort. Source: docs/http-api.md#mapping. */
export const MAPPING_WAYS = ['own', 'own_any_state', 'exact_name', 'likeness', 'firm_default'] as const;
export type MappingWay = (typeof MAPPING_WAYS)[number];

/** Why a case type becomes nothing yet. The last two say that nobody could look. */
export const MAPPING_PROBLEMS = [
  'needs_mapping',
  'type_deleted',
  'role_not_offered',
  'not_connected',
  'smokeball_unavailable',
] as const;
export type MappingProblem = (typeof MAPPING_PROBLEMS)[number];
