import { firmSettingsSchema } from '@matterline/contracts';
import { mergePicture } from '../matters/merge-picture';
import { descriptionOf, type MatterParts, staffMembers, toMatterWrite } from './matter-write';

const picture = mergePicture(null, { title: 'Rivera', case_number: 'C-1', opened_on: '2026-03-01', clients: [] });
const settings = firmSettingsSchema.parse({});
const parts: MatterParts = {
  matterId: 'mat_01',
  picture,
  settings,
  type: { id: 't-1', role: 'Petitioner' },
  clientIds: ['c-1'],
  otherSideIds: [],
  staff: { responsible: null, assisting: [], originating: [] },
};
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

describe('a matter as Smokeball takes it', () => {
  const table: readonly [string, Partial<MatterParts>, object][] = [
    ['the plain one', {}, BASE],
    ['number off', { settings: { ...settings, send_number: false } }, { ...BASE, number: undefined }],
    ['no number', { picture: { ...picture, case_number: null } }, { ...BASE, number: undefined }],
    [
      'a lead',
      { settings: { ...settings, lead: true } },
      { ...BASE, isLead: true, openedDate: undefined, leadOpenedDate: '2026-03-01T00:00:00Z' },
    ],
    ['no date', { picture: { ...picture, opened_on: null } }, { ...BASE, openedDate: undefined }],
    ['no role', { type: { id: 't-1', role: null } }, { ...BASE, clientRole: undefined }],
    [
      'several clients and other sides',
      { clientIds: ['c-1', 'c-2'], otherSideIds: ['o-1'] },
      { ...BASE, clientIds: ['c-1', 'c-2'], otherSideIds: ['o-1'] },
    ],
    [
      'title and description',
      { picture: { ...picture, description: 'Long story' } },
      { ...BASE, description: 'Rivera\n\nLong story' },
    ],
  ];
  it.each(table)('%s', (_name, change, expected) => {
    expect(toMatterWrite({ ...parts, ...change })).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it.each<[string, MatterParts['staff'], object]>([
    ['nobody', { responsible: null, assisting: [], originating: [] }, {}],
    [
      'one of each in the single fields',
      { responsible: 's-1', assisting: ['s-2'], originating: ['s-3'] },
      { personResponsibleStaffId: 's-1', personAssistingStaffId: 's-2', originatingStaffId: 's-3' },
    ],
    [
      'the first assistant in the single field, further ones in the array',
      { responsible: null, assisting: ['s-1', 's-2', 's-3'], originating: [] },
      { personAssistingStaffId: 's-1', personAssistingStaffIds: ['s-2', 's-3'] },
    ],
    [
      'the same for originators',
      { responsible: null, assisting: [], originating: ['s-1', 's-2'] },
      { originatingStaffId: 's-1', originatingStaffIds: ['s-2'] },
    ],
  ])('staff: %s', (_name, staff, expected) => expect(staffMembers(staff)).toEqual(expected));

  it('a description without one is the title alone', () => expect(descriptionOf(picture)).toBe('Rivera'));
});
