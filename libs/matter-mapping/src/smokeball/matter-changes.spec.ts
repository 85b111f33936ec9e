import type { Matter } from '@matterline/smokeball-client';
import { type ChangeParts, isOnlyClearing, matterChanges } from './matter-changes';
import type { MatterWish, SentMatter } from './matter-wish';

const WISH: MatterWish = {
  description: 'Rivera',
  number: 'C-1',
  openedOn: '2026-03-01',
  clientIds: ['c-1'],
  otherSideIds: ['o-1'],
  responsible: 's-1',
  assisting: ['s-2'],
  originating: ['s-3'],
  isClosed: false,
};
const BASE: SentMatter = { ...WISH, touched: [], people: {} };
/** As Smokeball shows it after it took all of `WISH`. */
const CURRENT = {
  id: 'm-1',
  status: 'Open',
  isLead: false,
  description: 'Rivera',
  number: 'C-1',
  openedDate: '2026-03-01T00:00:00.0000000Z',
  clientIds: ['c-1'],
  otherSideIds: ['o-1'],
  personResponsibleStaffId: 's-1',
  personAssistingStaffId: 's-2',
  personAssistingStaffIds: [],
  originatingStaffId: 's-3',
  originatingStaffIds: [],
} as unknown as Matter;

const changes = (
  wish: Partial<MatterWish>,
  {
    current = {},
    base = {},
    convertTo = null,
  }: { current?: Partial<Matter>; base?: Partial<SentMatter> | null; convertTo?: ChangeParts['convertTo'] } = {},
) =>
  matterChanges({
    current: { ...CURRENT, ...current },
    wish: { ...WISH, ...wish },
    base: base === null ? null : { ...BASE, ...base },
    convertTo,
  });

describe('what an edit in CaseHug changes in Smokeball', () => {
  const table: readonly [string, Parameters<typeof changes>, object][] = [
    ['nothing', [{}], {}],
    ['the description', [{ description: 'Rivera v. Stone' }], { description: 'Rivera v. Stone' }],
    ['line ends are no change', [{ description: 'a\n\nb' }, { current: { description: 'a\r\n\r\nb ' } }], {}],
    ['the number', [{ number: 'C-2' }], { number: 'C-2' }],
    ['a number that CaseHug takes away stays', [{ number: null }], {}],
    ['the date', [{ openedOn: '2026-04-02' }], { openedDate: '2026-04-02T00:00:00Z' }],
    [
      'the date of a lead',
      [{ openedOn: '2026-04-02' }, { current: { isLead: true } }],
      { leadOpenedDate: '2026-04-02T00:00:00Z' },
    ],
    ['a date that is taken away', [{ openedOn: null }], { openedDate: null }],
    ['a date that they changed is not taken away', [{ openedOn: null }, { current: { openedDate: '2026-01-01' } }], {}],
    ['a client more', [{ clientIds: ['c-1', 'c-2'] }], { clientIds: ['c-1', 'c-2'] }],
    [
      'a client less',
      [{ clientIds: ['c-2'] }, { current: { clientIds: ['c-1', 'c-2'] }, base: { clientIds: ['c-1', 'c-2'] } }],
      { clientIds: ['c-2'] },
    ],
    ['no client at all keeps theirs', [{ clientIds: [] }], {}],
    [
      'a client of theirs stays',
      [{ clientIds: ['c-1', 'c-2'] }, { current: { clientIds: ['c-1', 'x'] } }],
      { clientIds: ['c-1', 'x', 'c-2'] },
    ],
    [
      'the same clients in another order',
      [{ clientIds: ['c-2', 'c-1'] }, { current: { clientIds: ['c-1', 'c-2'] }, base: { clientIds: ['c-1', 'c-2'] } }],
      {},
    ],
    ['the last other side', [{ otherSideIds: [] }], { otherSideIds: [] }],
    ['another responsible attorney', [{ responsible: 's-9' }], { personResponsibleStaffId: 's-9' }],
    ['no responsible attorney', [{ responsible: null }], { personResponsibleStaffId: '' }],
    [
      'no responsible attorney, but they entered another',
      [{ responsible: null }, { current: { personResponsibleStaffId: 's-x' } }],
      {},
    ],
    [
      'an assistant more',
      [{ assisting: ['s-2', 's-4'] }],
      { personAssistingStaffId: 's-2', personAssistingStaffIds: ['s-4'] },
    ],
    ['no assistant', [{ assisting: [] }], { personAssistingStaffId: '', personAssistingStaffIds: [] }],
    [
      'no assistant, but they entered one more',
      [{ assisting: [] }, { current: { personAssistingStaffIds: ['s-x'] } }],
      { personAssistingStaffId: 's-x', personAssistingStaffIds: [] },
    ],
    [
      'another originator',
      [{ originating: ['s-4', 's-5'] }],
      { originatingStaffId: 's-4', originatingStaffIds: ['s-5'] },
    ],
    ['closed', [{ isClosed: true }], { status: 'Closed' }],
    ['closed, and they had closed it already', [{ isClosed: true }, { current: { status: 'Closed' } }], {}],
    ['closed, and it was cancelled there', [{ isClosed: true }, { current: { status: 'Cancelled' } }], {}],
    ['closed before and opened by them: it stays open', [{ isClosed: true }, { base: { isClosed: true } }], {}],
    [
      'what they changed and CaseHug did not stays',
      [
        { number: 'C-2' },
        {
          current: {
            description: 'theirs',
            openedDate: '2020-01-01',
            personResponsibleStaffId: 's-x',
            personAssistingStaffId: undefined,
            clientIds: ['x'],
          },
        },
      ],
      { number: 'C-2' },
    ],
    [
      'what both changed becomes CaseHug’s',
      [{ description: 'ours' }, { current: { description: 'theirs' } }],
      { description: 'ours' },
    ],
    [
      'taken back while it was under way',
      [{}, { current: { description: 'under way' }, base: { touched: ['description'] } }],
      { description: 'Rivera' },
    ],
    [
      'nothing known of before: what CaseHug says, nothing taken away',
      [
        { description: 'ours', responsible: null, assisting: [], otherSideIds: [] },
        { base: null, current: { description: 'theirs', otherSideIds: ['x'] } },
      ],
      { description: 'ours' },
    ],
  ];
  it.each(table)('%s', (_name, args, patch) => expect(changes(...args).patch).toEqual(patch));

  it('names what it touches', () => {
    expect(changes({ description: 'x', assisting: [], clientIds: [] }).touched).toEqual(['description', 'assisting']);
  });

  it('leaves originators alone while their shares are fixed, and says so', () => {
    const found = changes(
      { originating: ['s-4'] },
      { current: { splitOriginatingStaffSettings: { isEnabled: true } } },
    );
    expect([found.patch, found.notices]).toEqual([{}, [{ code: 'originating_locked' }]]);
  });

  it('opens no matter again, and says so', () => {
    const found = changes({ isClosed: false }, { base: { isClosed: true }, current: { status: 'Closed' } });
    expect([found.patch, found.notices]).toEqual([{}, [{ code: 'matter_stays_closed' }]]);
  });

  it('makes a matter of a lead, with its date and number where a matter has them', () => {
    const lead = { isLead: true, openedDate: undefined, leadOpenedDate: '2026-03-01', number: undefined };
    expect(changes({}, { current: lead, convertTo: { id: 't-1', role: 'Petitioner' } }).patch).toEqual({
      matterTypeId: 't-1',
      clientRole: 'Petitioner',
      isLead: false,
      openedDate: '2026-03-01T00:00:00Z',
      number: 'C-1',
    });
  });

  it('never makes a lead of a matter', () => {
    expect(changes({}, { convertTo: { id: 't-1', role: null } }).patch).toEqual({});
  });

  it('knows what only takes away', () => {
    expect(isOnlyClearing({ personAssistingStaffId: '', personAssistingStaffIds: [], openedDate: null })).toBe(true);
    expect(isOnlyClearing({ personAssistingStaffId: '', number: 'C-2' })).toBe(false);
  });
});
