import type { Attorney } from '@matterline/contracts';
import type { Staff } from '@matterline/smokeball-client';
import { chooseStaff, namesStrangers, type People } from './staff-choice';

const member = (id: string, email: string, change: Partial<Staff> = {}) =>
  ({ id, email, enabled: true, former: false, ...change }) as Staff;
const STAFF = [
  member('s-tom', 'tom@law.example'),
  member('s-anna', 'Anna@Law.example '),
  member('s-gone', 'gone@law.example', { former: true }),
  member('s-off', 'off@law.example', { enabled: false }),
  member('s-old', 'twice@law.example', { former: true }),
  member('s-new', 'twice@law.example'),
  member('s-nomail', undefined as never),
];
const as = (role: Attorney['role'], ...names: string[]): Attorney[] =>
  names.map((name) => ({ email: `${name}@law.example`, role }));
const NOBODY = { responsible: null, assisting: [], originating: [] };

describe('the staff of a matter', () => {
  const table: readonly [string, Attorney[], People, object, string[]][] = [
    ['nobody named', [], {}, NOBODY, []],
    [
      'one of each role, whatever the case of their addresses',
      [...as('responsible', 'TOM'), ...as('assisting', 'anna', 'tom'), ...as('originating', 'anna')],
      {},
      { responsible: 's-tom', assisting: ['s-anna', 's-tom'], originating: ['s-anna'] },
      [],
    ],
    ['one named twice is one', as('assisting', 'tom', 'TOM'), {}, { ...NOBODY, assisting: ['s-tom'] }, []],
    ['an unknown one', as('responsible', 'nobody'), {}, NOBODY, ['attorney_unknown nobody@law.example']],
    ['one who has left', as('responsible', 'gone'), {}, NOBODY, ['attorney_inactive gone@law.example']],
    ['one who is disabled', as('assisting', 'off'), {}, NOBODY, ['attorney_inactive off@law.example']],
    ['one who left and came back', as('responsible', 'twice'), {}, { ...NOBODY, responsible: 's-new' }, []],
    [
      'one who has left since stays where they were entered, and it is said',
      as('responsible', 'gone'),
      { 'gone@law.example': 's-gone' },
      { ...NOBODY, responsible: 's-gone' },
      ['attorney_inactive gone@law.example'],
    ],
    [
      'one whose address was changed since stays where they were entered',
      as('assisting', 'nobody'),
      { 'nobody@law.example': 's-9' },
      { ...NOBODY, assisting: ['s-9'] },
      ['attorney_unknown nobody@law.example'],
    ],
    [
      'who was entered before gives no place to somebody else',
      as('responsible', 'tom'),
      { 'gone@law.example': 's-gone' },
      { ...NOBODY, responsible: 's-tom' },
      [],
    ],
    [
      'the first of two responsible ones',
      as('responsible', 'anna', 'tom'),
      {},
      { ...NOBODY, responsible: 's-anna' },
      ['attorney_surplus '],
    ],
    [
      'the second where the first is unknown',
      as('responsible', 'nobody', 'tom'),
      {},
      { ...NOBODY, responsible: 's-tom' },
      ['attorney_unknown nobody@law.example'],
    ],
  ];
  it.each(table)('%s', (_name, attorneys, known, staff, notices) => {
    const choice = chooseStaff(attorneys, STAFF, known);
    expect(choice.staff).toEqual(staff);
    expect(choice.notices.map(({ code, detail = '' }) => `${code} ${detail}`)).toEqual(notices);
  });

  it('remembers who stood behind the addresses', () => {
    expect(chooseStaff([...as('responsible', 'Tom'), ...as('assisting', 'nobody')], STAFF).people).toEqual({
      'tom@law.example': 's-tom',
    });
  });

  it('knows when a newer list may help', () => {
    expect(namesStrangers(as('responsible', 'tom', 'gone'), STAFF)).toBe(false);
    expect(namesStrangers(as('responsible', 'tom', 'nobody'), STAFF)).toBe(true);
  });
});
