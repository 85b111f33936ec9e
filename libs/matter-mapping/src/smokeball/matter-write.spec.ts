import { firmSettingsSchema } from '@matterline/contracts';
import { mergePicture } from '../matters/merge-picture';
import { toMatterWrite } from './matter-write';
import { descriptionOf, wishOf, type WishParts } from './matter-wish';

const picture = mergePicture(null, { title: 'Rivera', case_number: 'C-1', opened_on: '2026-03-01', clients: [] });
const settings = firmSettingsSchema.parse({});
const NOBODY = { responsible: null, assisting: [], originating: [] };
const parts: WishParts = { picture, settings, clientIds: ['c-1'], otherSideIds: [], staff: NOBODY };
const BASE = {
  matterTypeId: 't-1',
  clientIds: ['c-1'],
  clientRole: 'Petitioner',
  status: 'Open',
  description: 'Rivera',
  number: 'C-1',
  openedDate: '2026-03-01T00:00:00Z',
  externalSystemId: 'mat_01',
};
const write = (change: Partial<WishParts> = {}, role: string | null = 'Petitioner') => {
  const all = { ...parts, ...change };
  const type = { id: 't-1', role };
  return toMatterWrite({ matterId: 'mat_01', wish: wishOf(all), isLead: all.settings.lead, type });
};

describe('a matter as Smokeball takes it', () => {
  const table: readonly [string, Partial<WishParts>, object][] = [
    ['the plain one', {}, BASE],
    ['number off', { settings: { ...settings, send_number: false } }, { ...BASE, number: undefined }],
    ['no number', { picture: { ...picture, case_number: null } }, { ...BASE, number: undefined }],
    [
      'a lead',
      { settings: { ...settings, lead: true } },
      { ...BASE, isLead: true, openedDate: undefined, leadOpenedDate: '2026-03-01T00:00:00Z' },
    ],
    ['no date', { picture: { ...picture, opened_on: null } }, { ...BASE, openedDate: undefined }],
    [
      'several clients and other sides',
      { clientIds: ['c-1', 'c-2'], otherSideIds: ['o-1'] },
      { ...BASE, clientIds: ['c-1', 'c-2'], otherSideIds: ['o-1'] },
    ],
    ['a client who is the other side too stays the client', { otherSideIds: ['c-1'] }, BASE],
    [
      'title and description',
      { picture: { ...picture, description: 'Long story' } },
      { ...BASE, description: 'Rivera\n\nLong story' },
    ],
    [
      'one of each staff in the single fields',
      { staff: { responsible: 's-1', assisting: ['s-2'], originating: ['s-3'] } },
      { ...BASE, personResponsibleStaffId: 's-1', personAssistingStaffId: 's-2', originatingStaffId: 's-3' },
    ],
    [
      'the first assistant in the single field, further ones in the array',
      { staff: { ...NOBODY, assisting: ['s-1', 's-2', 's-3'] } },
      { ...BASE, personAssistingStaffId: 's-1', personAssistingStaffIds: ['s-2', 's-3'] },
    ],
    [
      'the same for originators',
      { staff: { ...NOBODY, originating: ['s-1', 's-2'] } },
      { ...BASE, originatingStaffId: 's-1', originatingStaffIds: ['s-2'] },
    ],
    [
      'one that is archived is opened all the same',
      { picture: { ...picture, status: 'archived' }, settings: { ...settings, close_on_archive: true } },
      BASE,
    ],
  ];
  it.each(table)('%s', (_name, change, expected) => {
    expect(write(change)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('no role where the type offers none', () => {
    expect(write({}, null)).toEqual(JSON.parse(JSON.stringify({ ...BASE, clientRole: undefined })));
  });

  it('a description without one is the title alone', () => expect(descriptionOf(picture)).toBe('Rivera'));
});
