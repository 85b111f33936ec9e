const US_STATES: Readonly<Record<string, string>> = {
  alabama: 'AL',
  alaska: 'AK',
  arizona: 'AZ',
  arkansas: 'AR',
  california: 'CA',
  colorado: 'CO',
  connecticut: 'CT',
  delaware: 'DE',
  'district of columbia': 'DC',
  florida: 'FL',
  georgia: 'GA',
  hawaii: 'HI',
  idaho: 'ID',
  illinois: 'IL',
  indiana: 'IN',
  iowa: 'IA',
  kansas: 'KS',
  kentucky: 'KY',
  louisiana: 'LA',
  maine: 'ME',
  maryland: 'MD',
  massachusetts: 'MA',
  michigan: 'MI',
  minnesota: 'MN',
  mississippi: 'MS',
  missouri: 'MO',
  montana: 'MT',
  nebraska: 'NE',
  nevada: 'NV',
  'new hampshire': 'NH',
  'new jersey': 'NJ',
  'new mexico': 'NM',
  'new york': 'NY',
  'north carolina': 'NC',
  'north dakota': 'ND',
  ohio: 'OH',
  oklahoma: 'OK',
  oregon: 'OR',
  pennsylvania: 'PA',
  'rhode island': 'RI',
  'south carolina': 'SC',
  'south dakota': 'SD',
  tennessee: 'TN',
  texas: 'TX',
  utah: 'UT',
  vermont: 'VT',
  virginia: 'VA',
  washington: 'WA',
  'west virginia': 'WV',
  wisconsin: 'WI',
  wyoming: 'WY',
};
const AU_STATES: Readonly<Record<string, string>> = {
  'new south wales': 'NSW',
  victoria: 'VIC',
  queensland: 'QLD',
  'western australia': 'WA',
  'south australia': 'SA',
  tasmania: 'TAS',
  'australian capital territory': 'ACT',
  'northern territory': 'NT',
};

/** As the simulated Smokeball files them; what the real one calls them is not published. */
const UK_PLACES: Readonly<Record<string, string>> = {
  'england and wales': 'EW',
  england: 'EW',
  wales: 'EW',
  scotland: 'SCT',
  'northern ireland': 'NI',
};
const NAMES: Readonly<Record<'us' | 'au' | 'uk', Readonly<Record<string, string>>>> = {
  us: US_STATES,
  au: AU_STATES,
  uk: UK_PLACES,
};

/** The places of a region, by name; for choosing one. */
export function locationsOf(region: 'us' | 'au' | 'uk'): { code: string; name: string }[] {
  const byCode = new Map(
    Object.entries(NAMES[region])
      .reverse()
      .map(([name, code]) => [code, name]),
  );
  return [...byCode]
    .map(([code, name]) => ({ code, name: titleCase(name) }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

const titleCase = (name: string) => name.replace(/\b(?!of\b|and\b)\p{L}/gu, (letter: string) => letter.toUpperCase());

/** Smokeball files matter types under short codes such as `IL` or `NSW` (docs/smokeball-api.md#matter-types). Null when none is named. */
export function locationOf(state: string | null, region: 'us' | 'au' | 'uk'): string | null {
  const text = state?.trim() ?? '';
  if (text === '') return null;
  return NAMES[region][text.toLowerCase().replace(/\s+/g, ' ').replace('&', 'and')] ?? text.toUpperCase();
}
