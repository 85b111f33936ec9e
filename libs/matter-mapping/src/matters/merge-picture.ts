import type { MatterPicture, MatterPut } from '@matterline/contracts';

const EMPTY: MatterPicture = {
  title: '',
  case_number: null,
  case_type: null,
  practice_area: null,
  state: null,
  county: null,
  status: 'active',
  description: null,
  opened_on: null,
  updated_at: null,
  clients: [],
  other_sides: [],
  attorneys: [],
  tags: [],
  custom_fields: {},
};

/** Absent members stay, null clears, a given array replaces; case facts may also stand in `custom_fields`. */
export function mergePicture(before: MatterPicture | null, put: MatterPut): MatterPicture {
  const base = before ?? EMPTY;
  const pick = <K extends keyof MatterPicture>(key: K & keyof MatterPut, empty: MatterPicture[K]): MatterPicture[K] => {
    const given = put[key] as MatterPicture[K] | null | undefined;
    if (given === undefined) return base[key];
    return given ?? empty;
  };
  const custom = pick('custom_fields', {});
  const fact = (key: 'case_number' | 'case_type' | 'state' | 'county') => {
    // What only ever stood in the custom fields follows them when they change.
    const isDerived = put[key] === undefined && base[key] === textIn(base.custom_fields, key);
    const said = isDerived ? null : pick(key, null);
    return said ?? textIn(custom, key);
  };
  return {
    title: put.title ?? base.title,
    case_number: fact('case_number'),
    case_type: fact('case_type'),
    practice_area: pick('practice_area', null),
    state: fact('state'),
    county: fact('county'),
    status: put.status ?? base.status,
    description: pick('description', null),
    opened_on: pick('opened_on', null),
    updated_at: pick('updated_at', null),
    clients: pick('clients', []),
    other_sides: pick('other_sides', []),
    attorneys: pick('attorneys', []),
    tags: pick('tags', []),
    custom_fields: custom,
  };
}

function textIn(fields: MatterPicture['custom_fields'], key: string): string | null {
  const value = fields[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
