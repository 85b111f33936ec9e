import { Matter, MatterLink } from '@matterline/contracts';

/** An invented matter that stands in Smokeball; give what the test is about. */
export function aMatter(parts: Partial<Matter> = {}, link: Partial<MatterLink> = {}): Matter {
  return {
    id: 'mat_1',
    title: 'Okafor v. Transit Authority',
    case_number: '2026-0412',
    case_type: 'Personal injury',
    practice_area: 'Personal injury',
    state: 'California',
    county: 'Alameda',
    status: 'active',
    description: null,
    opened_on: null,
    updated_at: '2026-11-20T10:00:00Z',
    clients: [{ id: 'cli_1', first_name: 'Maribel', last_name: 'Okafor', email: 'maribel@example.com' }],
    other_sides: [],
    attorneys: [],
    tags: [],
    custom_fields: {},
    created_at: '2026-11-20T10:00:00.000Z',
    link: {
      state: 'confirmed',
      smokeball_matter_id: 'sb_1',
      smokeball_number: '2026-0412',
      smokeball_status: 'Open',
      url: 'https://app.smokeball.example/#/billing/view-matter/sb_1',
      matter_type: { id: 'type_1', name: 'Motor Vehicle Accident', client_role: 'Plaintiff' },
      error: null,
      ...link,
    },
    ...parts,
  };
}
