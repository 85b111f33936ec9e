import type { MatterType } from '@matterline/smokeball-client';
import { chooseRole, chooseType } from './choose-type';
import { locationOf, locationsOf } from './locations';
import { normaliseName } from './names';

const type = (id: string, name: string, category: string, change: Partial<MatterType> = {}) =>
  ({
    id,
    name,
    category,
    isDeleted: false,
    representativeOptions: ['Petitioner', 'Respondent'],
    ...change,
  }) as MatterType;
const FAMILY = 'Family Law';

describe('chooseType', () => {
  const table: readonly [
    string,
    MatterType[],
    string | null,
    string | null,
    [string, 'exact_name' | 'likeness'] | null,
  ][] = [
    [
      'the same name',
      [type('1', 'Adoption', FAMILY), type('2', 'Divorce', FAMILY)],
      'Adoption',
      null,
      ['1', 'exact_name'],
    ],
    [
      'the same name, written otherwise',
      [type('1', 'Divorce — Standard', FAMILY)],
      'divorce (STANDARD)',
      null,
      ['1', 'exact_name'],
    ],
    [
      'the same name twice, once in its category',
      [type('1', 'Divorce', 'Mediation'), type('2', 'Divorce', FAMILY)],
      'Divorce',
      null,
      ['2', 'exact_name'],
    ],
    [
      'the same name twice in its category',
      [type('1', 'Divorce', FAMILY), type('2', 'Divorce', 'Family')],
      'Divorce',
      null,
      null,
    ],
    [
      'the same name twice, and no category is known',
      [type('1', 'Zoning', 'A'), type('2', 'Zoning', 'B')],
      'Zoning',
      null,
      null,
    ],
    ['the same name, deleted', [type('1', 'Adoption', FAMILY, { isDeleted: true })], 'Adoption', null, null],
    [
      'the same name, deleted beside a living one',
      [type('1', 'Divorce', FAMILY, { isDeleted: true }), type('2', 'Divorce', FAMILY)],
      'Divorce',
      null,
      ['2', 'exact_name'],
    ],
    [
      'a likeness in its category',
      [type('1', 'Dissolution of Marriage', FAMILY), type('2', 'Adoption', FAMILY)],
      'Divorce (Standard)',
      null,
      ['1', 'likeness'],
    ],
    [
      'the better likeness',
      [type('1', 'Dissolution of Marriage', FAMILY), type('2', 'Divorce contested', FAMILY)],
      'Divorce (Standard)',
      null,
      ['2', 'likeness'],
    ],
    [
      'a likeness in another category is none',
      [type('1', 'Divorce Insurance', 'Insurance')],
      'Divorce (Standard)',
      null,
      null,
    ],
    [
      'two equal likenesses: nobody guesses',
      [type('1', 'Divorce A', FAMILY), type('2', 'Divorce B', FAMILY)],
      'Divorce (Standard)',
      null,
      null,
    ],
    ['part of a word is no likeness', [type('1', 'Divorces', FAMILY)], 'Divorce (Standard)', null, null],
    [
      'a case type that nobody knows, by its practice area',
      [type('1', 'Family Law General', FAMILY)],
      'Something new',
      'family_law',
      ['1', 'likeness'],
    ],
    [
      'a case type that nobody knows is never another type of its practice area',
      [
        type('1', 'Motor Vehicle Accident', 'Personal Injury'),
        type('2', 'Personal Injury Plaintiff', 'Personal Injury'),
      ],
      'Falling crane',
      'personal_injury',
      null,
    ],
    [
      'the type whose whole name stands in the case type',
      [type('1', 'Motor Vehicle Accident', 'Personal Injury'), type('2', 'Slip and Fall', 'Personal Injury')],
      'Slip & Fall (Store)',
      'personal_injury',
      ['2', 'likeness'],
    ],
    [
      'the only type that holds all words of the case type',
      [type('1', 'Contested Probate Claim', 'Probate'), type('2', 'Small Estate', 'Probate')],
      'Contested Probate',
      'estate_planning',
      ['1', 'likeness'],
    ],
    [
      'some shared words are no likeness',
      [type('1', 'Residential Lease', 'Real Estate')],
      'Residential Foreclosure',
      'real_estate',
      null,
    ],
    [
      'a keyword too deep in the list, with too much else in the name',
      [type('1', 'Allocation of parental responsibilities between two other persons than parents', FAMILY)],
      'Custody Only',
      null,
      null,
    ],
    [
      'a case type that nobody knows, without practice area',
      [type('1', 'Divorce', FAMILY)],
      'Something new',
      null,
      null,
    ],
    ['neither case type nor practice area', [type('1', 'Divorce', FAMILY)], null, null, null],
    [
      'only a practice area',
      [type('1', 'Personal Injury Plaintiff', 'Personal Injury')],
      null,
      'personal_injury',
      ['1', 'likeness'],
    ],
    ['the practice area “other” is no wish', [type('1', 'Other', 'Other')], null, 'other', null],
    ['a catalogue without types', [], 'Divorce', 'family_law', null],
    ['a type without a name', [type('1', '', FAMILY)], '', null, null],
  ];
  it.each(table)('%s', (_name, types, caseType, practiceArea, expected) => {
    const found = chooseType(types, { caseType, practiceArea });
    expect(found && [found.id, found.how]).toEqual(expected);
  });

  it('scores the same name as sure, and a likeness less', () => {
    expect(chooseType([type('1', 'Divorce', FAMILY)], { caseType: 'Divorce', practiceArea: null })?.score).toBe(1);
    const alike = chooseType([type('1', 'Dissolution of Marriage', FAMILY)], {
      caseType: 'Divorce',
      practiceArea: null,
    });
    expect(alike?.score).toBeLessThan(1);
    expect(alike?.score).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string, string[], string[], string | null]>([
    ['the preferred one', ['Respondent', 'Petitioner'], ['Petitioner'], 'Petitioner'],
    ['the first preferred one that is offered', ['Plaintiff', 'Respondent'], ['Petitioner', 'Plaintiff'], 'Plaintiff'],
    ['as the type writes it', ['PETITIONER'], ['Petitioner'], 'PETITIONER'],
    ['the first offered when none is preferred', ['Buyer', 'Seller'], [], 'Buyer'],
    ['none when none is offered', [], ['Petitioner'], null],
  ])('the client’s role: %s', (_name, offered, preferred, expected) => {
    expect(chooseRole(type('1', 'x', FAMILY, { representativeOptions: offered }), preferred)).toBe(expected);
  });
});

describe('locationOf', () => {
  it.each<[string | null, 'us' | 'au' | 'uk', string | null]>([
    ['Illinois', 'us', 'IL'],
    ['  new YORK ', 'us', 'NY'],
    ['IL', 'us', 'IL'],
    ['il', 'us', 'IL'],
    ['District of Columbia', 'us', 'DC'],
    ['New South Wales', 'au', 'NSW'],
    ['vic', 'au', 'VIC'],
    ['Western Australia', 'au', 'WA'],
    ['Washington', 'us', 'WA'],
    ['England', 'uk', 'EW'],
    ['England & Wales', 'uk', 'EW'],
    ['Guernsey', 'uk', 'GUERNSEY'],
    ['', 'us', null],
    ['   ', 'us', null],
    [null, 'us', null],
  ])('%j in %s is %j', (state, region, expected) => expect(locationOf(state, region)).toBe(expected));
});

describe('locationsOf', () => {
  it('names every place once, as a person writes it', () => {
    expect(locationsOf('us')).toHaveLength(51);
    expect(locationsOf('us')).toContainEqual({ code: 'DC', name: 'District of Columbia' });
    expect(locationsOf('au')).toContainEqual({ code: 'NSW', name: 'New South Wales' });
    expect(locationsOf('uk')).toEqual([
      { code: 'EW', name: 'England and Wales' },
      { code: 'NI', name: 'Northern Ireland' },
      { code: 'SCT', name: 'Scotland' },
    ]);
  });
});

describe('normaliseName', () => {
  it.each([
    ['Divorce (Standard)', 'divorce standard'],
    ['Wills, Trusts & Estates', 'wills trusts and estates'],
    ['Post-Decree  Modification', 'post decree modification'],
    ['personal_injury', 'personal injury'],
    ['Défense', 'defense'],
    ['—', ''],
  ])('%j', (name, expected) => expect(normaliseName(name)).toBe(expected));
});
