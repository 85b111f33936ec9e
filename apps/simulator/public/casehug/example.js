const PEOPLE = [
  ['Maria', 'Delgado', 'Divorce (Standard)'],
  ['Theo', 'Lindqvist', 'Custody Only'],
  ['Amara', 'Okafor', 'Child Support Calculation'],
  ['Ruth', 'Feldman', 'Divorce (Business Owner)'],
  ['Daniel', 'Cho', 'Post-Decree Modification'],
  ['Ivy', 'Marsh', 'Divorce (Standard)'],
];
const STREETS = ['Maple Avenue', 'Harbor Street', 'Linden Court', 'Prairie Road'];

/** An invented client; 555-01xx numbers belong to nobody. Phones come in the many spellings that people type. */
export function example() {
  const [first, last, type] = pick(PEOPLE);
  const line = `01${String(Math.floor(Math.random() * 100)).padStart(2, '0')}`;
  const phone = pick([
    `(312) 555-${line}`,
    `312-555-${line}`,
    `+1 312 555 ${line}`,
    `312.555.${line}`,
    `312555${line}`,
  ]);
  const serial = String(Math.floor(1000 + Math.random() * 9000));
  return {
    title: `${last} — ${type}`,
    case_number: `CH-${new Date().getFullYear()}-${serial}`,
    case_type: type,
    practice_area: 'family_law',
    state: 'IL',
    county: 'Cook',
    status: 'active',
    description: 'Made up at the simulator’s CaseHug desk.',
    first_name: first,
    last_name: last,
    company_name: '',
    email: `${first}.${last}${serial}@example.com`.toLowerCase(),
    phone,
    mobile: '',
    line1: `${Math.floor(10 + Math.random() * 900)} ${pick(STREETS)}`,
    line2: '',
    city: 'Chicago',
    address_state: 'IL',
    zip: '60601',
    responsible: '',
    assisting: '',
    tags: 'intake',
    client_tags: '',
  };
}

function pick(list) {
  return list[Math.floor(Math.random() * list.length)];
}
