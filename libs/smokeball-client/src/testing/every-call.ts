import type { SmokeballClient } from '../client';
import type { CallResult } from '../http/call-result';
import { searchTerm } from '../resources/search-term';
import { CONTEXT } from './test-client';

const ID = '4a2e5a1c-7b3e-4f0a-9c58-0c2a6f1f8e11';
const OTHER = 'b1d6ad8f-0a43-4a34-8c8b-6d2f3c8f7a22';
const DAY = '2026-01-02T00:00:00Z';
const ADDRESS = { addressLine1: '1 High St', city: 'Springfield', state: 'IL', zipCode: '62701', country: 'USA' };
const PHONE = { areaCode: '617', number: '3998147' };
const PERSON = {
  firstName: 'Ada',
  lastName: 'Byron',
  email: 'ada@example.com',
  phone: PHONE,
  phone2: { ...PHONE, extension: '9' },
  cell: { number: '0412345678' },
  residentialAddress: ADDRESS,
  birthDate: DAY,
  notes: null,
};
const COMPANY = { name: 'Byron Ltd', type: 'Company', phone: PHONE, businessAddress: ADDRESS, staffIds: [ID] };
const MATTER = {
  matterTypeId: `${ID}_IL`,
  clientIds: [ID],
  otherSideIds: [OTHER],
  clientRole: 'Buyer',
  otherSideRole: 'Seller',
  status: 'Open',
  number: '2026-1',
  description: 'Sale',
  openedDate: DAY,
  personResponsibleStaffId: ID,
  personAssistingStaffIds: [OTHER],
  externalSystemId: 'x-1',
} as const;
const FEE = {
  feeDate: DAY,
  subject: 'Call',
  feeType: 1,
  isBillable: true,
  rate: 250.5,
  duration: 6,
  sourceItems: [{ description: 'Call', duration: 6, isBillable: true }],
} as const;
const TASK = {
  staffId: ID,
  assigneeIds: [ID],
  subject: 'Call back',
  note: 'Note',
  matterId: OTHER,
  dueDateOnly: '2026-01-02T00:00:00',
  duration: 'PT4M',
  isCompleted: false,
};
const HOOK = {
  name: 'Matterline',
  key: 'k',
  eventTypes: ['matter.updated'],
  eventNotificationUrl: 'https://x.example/h',
};
const CODE = { code: 'CALL', description: 'Call', type: 1, rateType: 0, isBillable: true, quantity: 0.1 } as const;
const MEMO = { title: 'Text', text: 'Hello', userId: ID, createdDateUtc: DAY };
const PAGE = { offset: 0, limit: 50 };

type Call = (client: SmokeballClient) => Promise<CallResult<unknown>>;

/** Every operation of every resource with every member and filter that differs in kind, by `resource.method`. */
export const EVERY_CALL: readonly (readonly [string, Call])[] = [
  ['contacts.get', (c) => c.contacts.get(ID, CONTEXT)],
  [
    'contacts.list',
    (c) =>
      c.contacts.list(
        {
          ...PAGE,
          updatedSince: 637558795239278689n,
          excludeDeleted: true,
          kinds: ['Person', 'Organisation'],
          search: [searchTerm('name', 'By', 'starts'), searchTerm('phone', '617', 'contains')],
          sort: 'asc(LastUpdated)',
          fields: ['tags', 'deathDetails'],
        },
        CONTEXT,
      ),
  ],
  ['contacts.searchByEmail', (c) => c.contacts.searchByEmail('a+b@x.com', CONTEXT)],
  ['contacts.searchByName', (c) => c.contacts.searchByName('Byron', 'contains', CONTEXT)],
  ['contacts.searchByPhone', (c) => c.contacts.searchByPhone('3998147', 'ends', CONTEXT)],
  ['contacts.create', (c) => c.contacts.create({ person: PERSON, externalSystemId: 'x-1' }, CONTEXT)],
  ['contacts.update', (c) => c.contacts.update(ID, { company: COMPANY, isDeleted: false }, CONTEXT)],
  ['contacts.remove', (c) => c.contacts.remove(ID, CONTEXT)],
  ['contacts.batch', (c) => c.contacts.batch([ID, OTHER], CONTEXT)],
  ['contacts.listTags', (c) => c.contacts.listTags(ID, CONTEXT)],
  ['contacts.addTags', (c) => c.contacts.addTags(ID, ['VIP', 'Referred'], CONTEXT)],
  ['contacts.removeTag', (c) => c.contacts.removeTag(ID, OTHER, CONTEXT)],
  ['matters.get', (c) => c.matters.get(ID, CONTEXT)],
  [
    'matters.list',
    (c) =>
      c.matters.list(
        {
          ...PAGE,
          search: 'Byron & Söhne',
          contactId: ID,
          statuses: ['Open', 'Pending'],
          matterTypeId: `${ID}_IL`,
          type: 'Matters,Leads',
          lastUpdated: new Date('2026-01-02T03:04:05.678Z'),
          sort: 'asc(LastUpdated)',
          fields: ['items', 'tags'],
        },
        CONTEXT,
      ),
  ],
  ['matters.list', (c) => c.matters.list({ updatedSince: 637558795239278689n }, CONTEXT)],
  ['matters.create', (c) => c.matters.create(MATTER, CONTEXT)],
  ['matters.patch', (c) => c.matters.patch(ID, { status: 'Closed', closedDate: DAY, isLead: false }, CONTEXT)],
  [
    'matters.patch',
    (c) => c.matters.patch(ID, { matterTypeId: OTHER, clientRole: 'Buyer', isLead: false, clientIds: [ID] }, CONTEXT),
  ],
  ['matters.roles', (c) => c.matters.roles(ID, CONTEXT)],
  ['matters.listTags', (c) => c.matters.listTags(ID, CONTEXT)],
  ['matters.addTags', (c) => c.matters.addTags(ID, [{ type: 'Custom', name: 'Urgent', color: 'Red' }], CONTEXT)],
  ['matters.removeTag', (c) => c.matters.removeTag(ID, OTHER, CONTEXT)],
  [
    'matterTypes.list',
    (c) => c.matterTypes.list({ ...PAGE, location: 'IL', category: 'Family', name: 'Div', type: 0 }, CONTEXT),
  ],
  ['matterTypes.get', (c) => c.matterTypes.get(`${ID}_IL`, CONTEXT)],
  ['staff.list', (c) => c.staff.list({ ...PAGE, withRate: true }, CONTEXT)],
  ['staff.searchByEmail', (c) => c.staff.searchByEmail('a@x.com', CONTEXT)],
  ['staff.get', (c) => c.staff.get(ID, CONTEXT)],
  ['firm.get', (c) => c.firm.get(CONTEXT)],
  ['firmUsers.list', (c) => c.firmUsers.list(CONTEXT)],
  ['users.get', (c) => c.users.get(ID, CONTEXT)],
  [
    'files.list',
    (c) =>
      c.files.list(ID, { ...PAGE, sort: 'desc(DateCreated)', search: [searchTerm('fileExtension', '.pdf')] }, CONTEXT),
  ],
  ['files.list', (c) => c.files.list(ID, { cursor: 'abc' }, CONTEXT)],
  ['files.get', (c) => c.files.get(ID, OTHER, CONTEXT)],
  [
    'files.createSlot',
    (c) =>
      c.files.createSlot(
        ID,
        { fileName: 'Engagement.pdf', folderId: OTHER, fileAdditionalData: { documentId: 'd-1' }, dateCreated: DAY },
        CONTEXT,
      ),
  ],
  ['files.uploadAddress', (c) => c.files.uploadAddress(ID, OTHER, CONTEXT)],
  ['files.edit', (c) => c.files.edit(ID, OTHER, { fileName: 'New.pdf', folderId: null }, CONTEXT)],
  ['files.history', (c) => c.files.history(ID, OTHER, CONTEXT)],
  ['files.downloadInfo', (c) => c.files.downloadInfo(ID, OTHER, 'v-1', CONTEXT)],
  ['files.remove', (c) => c.files.remove(ID, OTHER, CONTEXT)],
  ['folders.list', (c) => c.files.folders.list(ID, undefined, CONTEXT)],
  ['folders.list', (c) => c.files.folders.list(ID, OTHER, CONTEXT)],
  ['folders.create', (c) => c.files.folders.create(ID, { name: 'Intake', parentFolderId: OTHER }, CONTEXT)],
  ['webhooks.types', (c) => c.webhooks.types(CONTEXT)],
  ['webhooks.list', (c) => c.webhooks.list(PAGE, CONTEXT)],
  ['webhooks.get', (c) => c.webhooks.get(ID, CONTEXT)],
  ['webhooks.create', (c) => c.webhooks.create(HOOK, CONTEXT)],
  ['webhooks.update', (c) => c.webhooks.update(ID, HOOK, CONTEXT)],
  ['webhooks.remove', (c) => c.webhooks.remove(ID, CONTEXT)],
  ['webhooks.notify', (c) => c.webhooks.notify(ID, CONTEXT)],
  ['tasks.list', (c) => c.tasks.list({ ...PAGE, matterId: ID, isCompleted: false, lastUpdated: new Date(0) }, CONTEXT)],
  ['tasks.get', (c) => c.tasks.get(ID, CONTEXT)],
  ['tasks.create', (c) => c.tasks.create(TASK, CONTEXT)],
  ['tasks.update', (c) => c.tasks.update(ID, { ...TASK, isCompleted: true, completedByStaffId: ID }, CONTEXT)],
  ['tasks.remove', (c) => c.tasks.remove(ID, CONTEXT)],
  ['fees.list', (c) => c.fees.list(ID, { ...PAGE, updatedSince: 637558795239278689n }, CONTEXT)],
  ['fees.get', (c) => c.fees.get(ID, OTHER, CONTEXT)],
  ['fees.create', (c) => c.fees.create(ID, FEE, CONTEXT)],
  ['fees.update', (c) => c.fees.update(ID, OTHER, { ...FEE, feeType: 0 }, CONTEXT)],
  ['fees.remove', (c) => c.fees.remove(ID, OTHER, CONTEXT)],
  ['activityCodes.list', (c) => c.activityCodes.list({ ...PAGE, updatedSince: 637558795239278689n }, CONTEXT)],
  ['activityCodes.get', (c) => c.activityCodes.get(ID, CONTEXT)],
  ['activityCodes.create', (c) => c.activityCodes.create(CODE, CONTEXT)],
  ['memos.list', (c) => c.memos.list(ID, PAGE, CONTEXT)],
  ['memos.get', (c) => c.memos.get(ID, OTHER, CONTEXT)],
  ['memos.create', (c) => c.memos.create(ID, MEMO, CONTEXT)],
  ['memos.update', (c) => c.memos.update(ID, OTHER, MEMO, CONTEXT)],
  ['memos.remove', (c) => c.memos.remove(ID, OTHER, CONTEXT)],
];
