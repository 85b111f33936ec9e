/** The case types that CaseHug's own pages name; the list is open, so any other text is allowed as well. */
export const CASE_TYPES = [
  'Divorce (Standard)',
  'Divorce (Business Owner)',
  'Custody Only',
  'Child Support Calculation',
  'Post-Decree Modification',
] as const;

/** CaseHug's practice areas, by the word on the wire. */
export const PRACTICE_AREAS = {
  personal_injury: 'Personal injury',
  estate_planning: 'Estate planning',
  family_law: 'Family law',
  immigration: 'Immigration',
  criminal: 'Criminal',
  business: 'Business',
  real_estate: 'Real estate',
  other: 'Other',
} as const;
