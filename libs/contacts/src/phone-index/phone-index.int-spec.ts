import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Database, PlatformModule, readConfig } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { createTestDatabase, type TestDatabase } from '../../../../config/testing/test-database';
import { runMigrations } from '../../../../migrations/run';
import { PhoneIndex } from './phone-index';

jest.setTimeout(60_000);

const NUMBER = '+16173998147';
const BOSTON = { country: 'US', areaCode: '617' } as const;

let database: TestDatabase;
let room: TestingModule;
let index: PhoneIndex;

beforeAll(async () => {
  database = await createTestDatabase();
  await runMigrations(database.url);
  const config = readConfig({
    DATABASE_URL: database.url,
    MASTER_KEY: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'error',
  });
  room = await Test.createTestingModule({
    imports: [PlatformModule.forRoot(config)],
    providers: [PhoneIndex],
  }).compile();
  index = room.get(PhoneIndex);
  for (const firm of ['frm_1', 'frm_2']) {
    await database.query(
      `insert into firms (firm_id, casehug_firm_id, name, region, environment, timezone, created_at, updated_at)
       values ($1, $1, 'Law', 'us', 'production', 'UTC', now(), now())`,
      [firm],
    );
  }
});

afterAll(async () => {
  await room.close();
  await database.drop();
});

beforeEach(async () => {
  await database.query('delete from phone_contacts');
});

const contact = (id: string, lastUpdated: bigint, more: Record<string, unknown> = {}): Contact => ({
  id,
  isDeleted: false,
  lastUpdated,
  tags: [],
  person: { firstName: 'John', lastName: 'Smith', cell: { number: '(617) 399-8147' } },
  ...more,
});

const put = async (one: Contact, account = 'acc-1', firm = 'frm_1') =>
  await room.get(Database).forFirm(firm, (scope) => index.put(scope, account, one, 'US'));

const find = async (
  number = NUMBER,
  account = 'acc-1',
  firm = 'frm_1',
  plan: { country: 'US'; areaCode?: string } = BOSTON,
) => await room.get(Database).forFirm(firm, (scope) => index.find(scope, account, number, plan));

const size = async () => await room.get(Database).forFirm('frm_1', (scope) => index.size(scope));

test('a contact is found by its number, whatever way it was typed', async () => {
  await put(contact('c1', 5n));
  expect(await find()).toEqual([
    {
      contactId: 'c1',
      type: 'person',
      name: 'John Smith',
      firstName: 'John',
      lastName: 'Smith',
      company: '',
      matchedOn: 'cell',
      version: 5n,
      mattersRead: false,
    },
  ]);
  expect(await find('+12123998147')).toEqual([]);
  expect(await size()).toBe(1);
});

test('an older copy never replaces a newer one; the same version may', async () => {
  await put(contact('c1', 9n));
  await put(contact('c1', 5n, { person: { lastName: 'Old', cell: { number: '2125550100' } } }));
  expect((await find())[0]?.name).toBe('John Smith');
  expect(await find('+12125550100')).toEqual([]);
  await put(contact('c1', 9n, { person: { lastName: 'Same', cell: { number: '2125550100' } } }));
  expect(await find()).toEqual([]);
  expect((await find('+12125550100'))[0]?.name).toBe('Same');
});

test('a deleted contact is gone, and an older copy does not bring it back', async () => {
  await put(contact('c1', 5n));
  await put(contact('c1', 7n, { isDeleted: true }));
  expect([await find(), await size()]).toEqual([[], 0]);
  await put(contact('c1', 6n));
  await put(contact('c1', 7n));
  expect(await find()).toEqual([]);
  await put(contact('c1', 8n));
  expect(await find()).toHaveLength(1);
  await room.get(Database).forFirm('frm_1', (scope) => index.remove(scope, 'acc-1', 'c1'));
  expect([await find(), await size()]).toEqual([[], 0]);
  await put(contact('c1', 8n));
  expect(await find()).toEqual([]);
});

test('a contact without numbers keeps no name', async () => {
  await put(contact('c1', 5n));
  await put(contact('c1', 6n, { person: { firstName: 'John', lastName: 'Smith' } }));
  expect(await size()).toBe(0);
  expect(await database.query('select display_enc from phone_contacts')).toEqual([{ display_enc: null }]);
});

test('another account and another firm see nothing', async () => {
  await put(contact('c1', 5n));
  expect(await find(NUMBER, 'acc-2')).toEqual([]);
  expect(await find(NUMBER, 'acc-1', 'frm_2')).toEqual([]);
});

test('a number without area code is completed by the tenant’s own only', async () => {
  await put(contact('c1', 5n, { person: { lastName: 'Local', phone: { number: '399-8147' } } }));
  expect((await find())[0]?.matchedOn).toBe('phone');
  expect(await find('+12123998147', 'acc-1', 'frm_1', { country: 'US', areaCode: '617' })).toEqual([]);
  expect(await find(NUMBER, 'acc-1', 'frm_1', { country: 'US' })).toEqual([]);
});

test('the likeliest comes first: cell, phone, second phone, company, trust, fax; then the newest', async () => {
  const phone = { number: '6173998147' };
  await put(contact('fax', 90n, { person: { lastName: 'F', fax: phone } }));
  await put(contact('trust', 80n, { person: undefined, trust: { name: 'T', phone } }));
  await put(contact('company', 70n, { person: undefined, company: { name: 'C', phone } }));
  await put(contact('phone2', 60n, { person: { lastName: 'P2', phone2: phone } }));
  await put(contact('phone', 50n, { person: { lastName: 'P', phone } }));
  await put(contact('old', 1n, { person: { lastName: 'O', cell: phone } }));
  await put(contact('new', 2n, { person: { lastName: 'N', cell: phone, phone } }));
  const found = await find();
  expect(found.map(({ contactId }) => contactId)).toEqual(['new', 'old', 'phone', 'phone2', 'company', 'trust', 'fax']);
  expect(found.map(({ type }) => type)).toEqual(['person', 'person', 'person', 'person', 'company', 'trust', 'person']);
});

test('a page of contacts goes in at once, the newest of each; writers at the same moment do not mix', async () => {
  const owner = room.get(Database);
  const page = Array.from({ length: 300 }, (_unused, n) =>
    contact(`p${n}`, 5n, { person: { lastName: `L${n}`, cell: { number: `617399${1000 + n}` } } }),
  );
  await owner.forFirm('frm_1', (scope) => index.putAll(scope, 'acc-1', [...page, contact('p0', 4n)], 'US'));
  expect(await size()).toBe(300);
  expect((await find('+16173991007'))[0]?.name).toBe('L7');
  const versions = Array.from({ length: 12 }, (_unused, n) =>
    contact('race', BigInt(n), { person: { lastName: `V${n}`, cell: { number: `617555${1000 + n}` } } }),
  );
  await Promise.all(versions.map((one) => put(one)));
  const hits = await Promise.all(versions.map((_unused, n) => find(`+1617555${1000 + n}`)));
  expect(hits.flat().map(({ name }) => name)).toEqual(['V11']);
});

test('nothing readable is stored', async () => {
  await put(contact('c1', 5n));
  const rows = await database.query<{ row: string }>(`
    select row_to_json(c)::text || encode(c.display_enc, 'escape') as row from phone_contacts c
    union all select row_to_json(n)::text || encode(n.number_hash, 'escape') from phone_numbers n`);
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/John|Smith|3998147|399-8147/);
});

test('matters read once are read for good, and a newer copy does not forget it', async () => {
  await put(contact('c1', 5n));
  await room.get(Database).forFirm('frm_1', (scope) => index.markMattersRead(scope, 'acc-1', ['c1']));
  await put(contact('c1', 6n));
  expect((await find())[0]?.mattersRead).toBe(true);
});
