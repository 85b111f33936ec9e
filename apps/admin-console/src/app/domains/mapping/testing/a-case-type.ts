import { CaseType, MatterTypeChoices } from '@matterline/contracts';

/** An invented case type that is sure; give what the test is about. */
export function aCaseType(parts: Partial<CaseType> = {}): CaseType {
  return {
    case_type: 'Divorce (Standard)',
    practice_area: 'family_law',
    state: 'IL',
    matters_waiting: 0,
    becomes: {
      matter_type: { id: 'type-1_IL', name: 'Divorce', category: 'Family Law', location: 'IL' },
      client_role: 'Petitioner',
      how: 'likeness',
      score: 0.98,
    },
    problem: null,
    mapping: null,
    ...parts,
  };
}

/** One that waits for a person. */
export function anUnknownCaseType(parts: Partial<CaseType> = {}): CaseType {
  return aCaseType({
    case_type: 'Space law',
    practice_area: null,
    becomes: null,
    problem: {
      code: 'needs_mapping',
      message: 'No Smokeball matter type is mapped to this case type.',
      hint: 'Choose one.',
    },
    ...parts,
  });
}

export const EVERYTHING_ELSE = anUnknownCaseType({ case_type: null, state: null });

export const CHOICES: MatterTypeChoices = {
  types: [
    {
      id: 'type-2_IL',
      name: 'Adoption',
      category: 'Family Law',
      location: 'IL',
      client_roles: ['Petitioner', 'Respondent'],
    },
    { id: 'type-1_IL', name: 'Divorce', category: 'Family Law', location: 'IL', client_roles: [] },
  ],
  total: 2,
};
