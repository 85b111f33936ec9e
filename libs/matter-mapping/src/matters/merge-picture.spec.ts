import { type MatterPicture, type MatterPut, matterPutSchema } from '@matterline/contracts';
import { mergePicture } from './merge-picture';

const ANNA = { id: 'cli_1', first_name: 'Anna', last_name: 'Rivera' };
const BEN = { id: 'cli_2', first_name: 'Ben', last_name: 'Stone' };
const FULL: MatterPut = {
  title: 'Rivera',
  case_number: 'C-1',
  case_type: 'Divorce (Standard)',
  practice_area: 'family_law',
  state: 'IL',
  county: 'Cook',
  status: 'active',
  description: 'Standard',
  opened_on: '2026-03-01',
  updated_at: '2026-03-07T14:00:00.000Z',
  clients: [ANNA],
  other_sides: [BEN],
  attorneys: [{ email: 'a@example.com', role: 'responsible' }],
  tags: ['vip'],
  custom_fields: { claim: 50_000 },
};
const before = mergePicture(null, FULL);

describe('mergePicture', () => {
  it('of the first PUT is what it says', () => expect(before).toEqual(FULL));

  it('of the smallest PUT fills the rest with nothing', () => {
    expect(mergePicture(null, { title: 'Rivera', clients: [] })).toEqual({
      title: 'Rivera',
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
    });
  });

  it('of an empty PUT changes nothing', () => expect(mergePicture(before, {})).toEqual(before));

  const members = Object.keys(FULL) as (keyof MatterPut)[];
  it.each(members.filter((member) => member !== 'title'))('leaves %s alone when only the title is given', (member) => {
    expect(mergePicture(before, { title: 'New' })[member]).toEqual(before[member]);
  });

  it.each<[keyof MatterPut, unknown]>([
    ['case_number', null],
    ['case_type', null],
    ['practice_area', null],
    ['state', null],
    ['county', null],
    ['description', null],
    ['opened_on', null],
    ['updated_at', null],
    ['other_sides', []],
    ['attorneys', []],
    ['tags', []],
    ['custom_fields', {}],
  ])('null clears %s', (member, cleared) => {
    expect(mergePicture(before, { [member]: null })).toEqual({ ...before, [member]: cleared });
  });

  it.each<keyof MatterPut>(['title', 'status', 'clients'])(
    'null in the required %s is an error before it comes here',
    (member) => {
      expect(matterPutSchema.safeParse({ [member]: null }).success).toBe(false);
    },
  );

  it.each<[keyof MatterPut, unknown]>([
    ['clients', [BEN]],
    ['clients', []],
    ['other_sides', []],
    ['attorneys', []],
    ['tags', ['urgent']],
    ['custom_fields', { other: 1 }],
  ])('a given %s replaces the old one: %j', (member, given) => {
    expect(mergePicture(before, { [member]: given })[member]).toEqual(given);
  });

  const facts: readonly [string, MatterPicture | null, MatterPut, string | null][] = [
    ['from the member', null, { case_number: 'C-1' }, 'C-1'],
    ['from the custom fields', null, { custom_fields: { case_number: ' C-2 ' } }, 'C-2'],
    ['the member before the custom field', null, { case_number: 'C-1', custom_fields: { case_number: 'C-2' } }, 'C-1'],
    ['a custom field that is no text is none', null, { custom_fields: { case_number: 7 } }, null],
    ['an empty custom field is none', null, { custom_fields: { case_number: '  ' } }, null],
    [
      'follows the custom field that it came from',
      mergePicture(null, { custom_fields: { case_number: 'C-2' } }),
      { custom_fields: { case_number: 'C-3' } },
      'C-3',
    ],
    [
      'goes with the custom field that it came from',
      mergePicture(null, { custom_fields: { case_number: 'C-2' } }),
      { custom_fields: {} },
      null,
    ],
    [
      'stays with the custom field that it came from',
      mergePicture(null, { custom_fields: { case_number: 'C-2' } }),
      { title: 'x' },
      'C-2',
    ],
    ['said as a member, no custom field changes it', before, { custom_fields: { case_number: 'C-3' } }, 'C-1'],
  ];
  it.each(facts)('case number: %s', (_name, base, put, expected) => {
    expect(mergePicture(base, put).case_number).toBe(expected);
  });
});
