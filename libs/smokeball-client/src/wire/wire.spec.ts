import type { z } from 'zod';
import { contactWriteSchema } from './contact-write';
import { feeSchema, feeWriteSchema } from './fee';
import { fileEditSchema, newFileSchema } from './file-write';
import { fileSchema } from './file';
import { linkSchema } from './link';
import { matterPatchSchema, matterWriteSchema } from './matter-write';
import { matterSchema } from './matter';
import { missingMembers, REQUIRED_MEMBERS, type RequiredResource } from './required-members';
import { staffSchema } from './staff';
import { taskSchema, taskWriteSchema } from './task';
import { ticks } from './scalars';
import { webhookSubscriptionWriteSchema } from './webhook-subscription';

const ID = '4a2e5a1c-7b3e-4f0a-9c58-0c2a6f1f8e11';

describe('reading', () => {
  it.each([{ rel: 'Clients' }, { relation: 'Clients' }, { rel: 'old', relation: 'Clients' }])(
    'a relation from %j',
    (link) => {
      expect(linkSchema.parse({ id: 'x', ...link })).toEqual({ id: 'x', relation: 'Clients' });
    },
  );

  it('a matter whose references are links', () => {
    const matter = matterSchema.parse({
      id: 'm',
      versionId: '637558795239278689',
      matterType: { id: 't', name: 'Sale' },
      clients: [{ id: 'c1' }, { href: '/contacts/C2' }],
      otherSides: [{ id: 'o1' }],
      personResponsible: { id: 's1' },
      personAssistingStaffs: [{ id: 's2' }],
      newMember: 1,
    });
    expect(matter).toMatchObject({
      matterTypeId: 't',
      clientIds: ['c1'],
      otherSideIds: ['o1'],
      personResponsibleStaffId: 's1',
      personAssistingStaffIds: ['s2'],
      originatingStaffIds: [],
      isLead: false,
      newMember: 1,
    });
  });

  it('a matter whose references are flat ids', () => {
    const flat = {
      matterTypeId: 't',
      clientIds: ['c1'],
      otherSideIds: ['o1'],
      personResponsibleStaffId: 's1',
      personAssistingStaffId: 's2',
      originatingStaffId: 's3',
    };
    expect(matterSchema.parse({ id: 'm', ...flat })).toMatchObject(flat);
  });

  it('a file at the root and one in a folder', () => {
    expect(fileSchema.parse({ id: 'f', folder: {}, matter: { id: 'm' } })).toMatchObject({
      folderId: undefined,
      matterId: 'm',
    });
    expect(fileSchema.parse({ id: 'f', folder: { id: 'd' } })).toMatchObject({ folderId: 'd' });
  });

  it('a staff member with an empty cell and without initials', () => {
    expect(staffSchema.parse({ id: 's', cell: {}, enabled: true })).toMatchObject({
      cell: {},
      former: false,
      enabled: true,
    });
  });

  it('a fee and a task by link or flat id', () => {
    expect(feeSchema.parse({ id: 'f', matter: { id: 'm' }, staffId: 's' })).toMatchObject({
      matterId: 'm',
      staffId: 's',
    });
    expect(taskSchema.parse({ id: 't', matter: { id: 'm' } })).toMatchObject({ matterId: 'm' });
  });

  it.each<[unknown, bigint | null]>([
    [637558795239278689n, 637558795239278689n],
    ['637558795239278689', 637558795239278689n],
    [0, 0n],
    [637558795239278689, null],
    [1.5, null],
    ['-1', null],
    ['1e5', null],
  ])('ticks from %p', (value, expected) => {
    const read = ticks.safeParse(value);
    expect(read.success ? read.data : null).toBe(expected);
  });
});

describe('writing', () => {
  const matter = { matterTypeId: 't', clientIds: ['c'], status: 'Open' };
  const fee = { feeDate: '2026-01-02T00:00:00Z', subject: 's', feeType: 1, isBillable: true, rate: 1 };

  const refusals: readonly [string, z.ZodType, object][] = [
    ['a matter without clients', matterWriteSchema, { ...matter, clientIds: [] }],
    ['a matter without status', matterWriteSchema, { matterTypeId: 't', clientIds: ['c'] }],
    ['a matter with an unknown status', matterWriteSchema, { ...matter, status: 'Done' }],
    ["the documents' misspelt otherSidesIds", matterWriteSchema, { ...matter, otherSidesIds: ['o'] }],
    ["the documents' older dateOpened", matterWriteSchema, { ...matter, dateOpened: '2026-01-02T00:00:00Z' }],
    ['a date without time', matterWriteSchema, { ...matter, openedDate: '2026-01-02' }],
    ['a patch that does not say whether it is a lead', matterPatchSchema, { status: 'Closed' }],
    ['a contact of no kind', contactWriteSchema, {}],
    ['a contact of two kinds', contactWriteSchema, { person: {}, company: {} }],
    ['a company name on a person', contactWriteSchema, { person: { companyName: 'x' } }],
    ['a fee without rate', feeWriteSchema, { ...fee, rate: undefined }],
    ['a fee that does not say whether it is billable', feeWriteSchema, { ...fee, isBillable: undefined }],
    ['a fee of half minutes', feeWriteSchema, { ...fee, duration: 0.5 }],
    ['a task without a staff member', taskWriteSchema, { subject: 's' }],
    ['a task with an empty matter', taskWriteSchema, { staffId: ID, matterId: '' }],
    ['a file name of 257 characters', newFileSchema, { fileName: 'x'.repeat(257) }],
    ['an edit that does not say in which folder', fileEditSchema, { fileName: 'x.pdf' }],
    [
      'a webhook without key',
      webhookSubscriptionWriteSchema,
      { eventTypes: ['a'], eventNotificationUrl: 'https://x.y' },
    ],
  ];
  it.each(refusals)('refuses %s', (_name, schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  it('accepts null to clear and 7 digits of a second', () => {
    expect(
      matterWriteSchema.safeParse({ ...matter, number: null, openedDate: '2026-01-02T03:04:05.1234567Z' }).success,
    ).toBe(true);
    expect(feeWriteSchema.safeParse(fee).success).toBe(true);
  });
});

describe('missingMembers', () => {
  it('asks for one of several names and takes null for lacking', () => {
    const matter = { id: 'm', versionId: '1', status: 'Open', isLead: false, matterTypeId: 't', clients: null };
    expect(missingMembers('Matter', matter)).toEqual(['clients|clientIds']);
    expect(missingMembers('Matter', { ...matter, clientIds: [] })).toEqual([]);
  });

  it.each(Object.keys(REQUIRED_MEMBERS) as RequiredResource[])(
    'finds everything lacking in an empty %s',
    (resource) => {
      expect(missingMembers(resource, {})).toEqual([...REQUIRED_MEMBERS[resource]]);
    },
  );
});
