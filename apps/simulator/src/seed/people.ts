/** Invented people and firms. Addresses end in `.example`; numbers are from ranges that telephone companies keep free. */
export interface FirmSeed {
  readonly name: string;
  readonly prefix: string;
  readonly domain: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly matterLocation: string;
  readonly staff: readonly StaffSeed[];
}

export interface StaffSeed {
  readonly first: string;
  readonly last: string;
  readonly role: string | null;
  readonly initials: string | null;
  readonly rate: number;
  readonly state: 'active' | 'former' | 'disabled';
  readonly hasUser: boolean;
  readonly hasCell: boolean;
}

const LAWYERS: Readonly<Record<string, readonly StaffSeed[]>> = {
  harbor: [
    staff('Tom', 'Jones', 'Attorney', 'TJ', 350),
    staff('Anna', 'Lee', 'Partner', 'AL', 480),
    staff('Priya', 'Raman', 'Paralegal', null, 160),
    staff('Marcus', 'Webb', null, 'MW', 300, 'former'),
    staff('Ruth', 'Feldman', 'Attorney', 'RF', 340, 'disabled'),
    { ...staff('Owen', 'Price', 'Reception', null, 0), hasUser: false, hasCell: false },
  ],
  second: [
    staff('Grace', 'Okafor', 'Principal', 'GO', 420),
    staff('Daniel', 'Cho', 'Associate', 'DC', 280),
    staff('Helen', 'Marsh', 'Secretary', null, 120, 'former'),
    staff('Felix', 'Brandt', 'Associate', 'FB', 260, 'disabled'),
  ],
};

export const FIRMS: Readonly<Record<'us' | 'au' | 'uk', readonly FirmSeed[]>> = {
  us: [
    firm('Harbor & Pine LLP', 'HP', 'harborpine.example', 'Boston', 'MA', '02110', 'MA', 'harbor'),
    firm('Lakeside Legal Group', 'LL', 'lakesidelegal.example', 'Chicago', 'IL', '60601', 'IL', 'second'),
  ],
  au: [
    firm('Wattle & Wren Lawyers', 'WW', 'wattlewren.example', 'Sydney', 'NSW', '2000', 'NSW', 'harbor'),
    firm('Southbank Solicitors', 'SS', 'southbanksolicitors.example', 'Melbourne', 'VIC', '3006', 'VIC', 'second'),
  ],
  uk: [
    firm('Ashdown Fenwick LLP', 'AF', 'ashdownfenwick.example', 'London', '', 'EC1A 1BB', 'EW', 'harbor'),
    firm('Kirkgate Law', 'KL', 'kirkgatelaw.example', 'Edinburgh', '', 'EH1 1YZ', 'SCT', 'second'),
  ],
};

export const FIRST_NAMES =
  'Maria Liam Sofia Noah Aisha Ethan Olivia Mateo Chloe Samuel Yuki Isabel Dmitri Fatima Jack Elena Ravi Nora Hugo Amara'.split(
    ' ',
  );
export const LAST_NAMES =
  'Nguyen Hernandez Smith O’Brien Kowalski Johnson Patel García Müller Brown Tanaka Rossi Silva Haddad Clarke Novak Osei Lindqvist Walker Dubois'.split(
    ' ',
  );

function staff(
  first: string,
  last: string,
  role: string | null,
  initials: string | null,
  rate: number,
  state: StaffSeed['state'] = 'active',
): StaffSeed {
  return { first, last, role, initials, rate, state, hasUser: true, hasCell: true };
}

function firm(
  name: string,
  prefix: string,
  domain: string,
  city: string,
  state: string,
  zip: string,
  matterLocation: string,
  people: string,
): FirmSeed {
  return { name, prefix, domain, city, state, zip, matterLocation, staff: LAWYERS[people] ?? [] };
}
