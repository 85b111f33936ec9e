import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Database, PlatformModule, readConfig } from '@matterline/platform';
import type { Matter } from '@matterline/smokeball-client';
import { createTestDatabase, type TestDatabase } from '../../../../config/testing/test-database';
import { runMigrations } from '../../../../migrations/run';
import { KnownMatters } from './known-matters';

jest.setTimeout(60_000);

let database: TestDatabase;
let room: TestingModule;

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
    providers: [KnownMatters],
  }).compile();
  await database.query(
    `insert into firms (firm_id, casehug_firm_id, name, region, environment, timezone, created_at, updated_at)
     values ('frm_1', 'frm_1', 'Law', 'us', 'production', 'UTC', now(), now())`,
  );
});

afterAll(async () => {
  await room.close();
  await database.drop();
});

beforeEach(async () => {
  await database.query('delete from known_matters');
});

function matter(id: string, versionId: string, more: Record<string, unknown> = {}): Matter {
  const what: unknown = {
    id,
    versionId,
    number: `N-${id}`,
    title: `Title ${id}`,
    status: 'Open',
    clientIds: ['client'],
    otherSideIds: [],
    ...more,
  };
  return what as Matter;
}

const put = async (...matters: Matter[]) => {
  for (const one of matters)
    await room.get(Database).forFirm('frm_1', (scope) => room.get(KnownMatters).put(scope, 'acc-1', one));
};

const of = async (contactId: string, account = 'acc-1') => {
  const found = await room
    .get(Database)
    .forFirm('frm_1', (scope) => room.get(KnownMatters).ofContacts(scope, account, [contactId, 'nobody']));
  return found.get(contactId) ?? [];
};

test('open and pending matters come first, then the newest', async () => {
  await put(
    matter('closed', '900', { status: 'Closed' }),
    matter('old', '99'),
    matter('pending', '500', { status: 'Pending' }),
    matter('new', '1000'),
    matter('cancelled', '950', { status: 'Cancelled' }),
  );
  expect((await of('client')).map(({ id }) => id)).toEqual(['new', 'pending', 'old', 'cancelled', 'closed']);
});

test('says on which side a contact stands; who stands on both is the client', async () => {
  await put(matter('m1', '1', { otherSideIds: ['other', 'client'] }));
  expect(await of('client')).toEqual([
    { id: 'm1', number: 'N-m1', title: 'Title m1', description: '', status: 'Open', role: 'client', version: 1n },
  ]);
  expect((await of('other')).map(({ role }) => role)).toEqual(['other_side']);
  expect(await of('other', 'acc-2')).toEqual([]);
});

test('an older version changes nothing, a newer one replaces the parties', async () => {
  await put(matter('m1', '638000000000000010'), matter('m1', '638000000000000009', { clientIds: ['x'] }));
  expect([(await of('client')).length, (await of('x')).length]).toEqual([1, 0]);
  await put(matter('m1', '638000000000000011', { clientIds: ['x'] }));
  expect([(await of('client')).length, (await of('x')).length]).toEqual([0, 1]);
});

test('a deleted matter is gone, and an older copy does not bring it back', async () => {
  await put(matter('m1', '5'), matter('m1', '6', { status: 'Deleted' }), matter('m1', '5'), matter('m1', '6'));
  expect(await of('client')).toEqual([]);
  await put(matter('m1', '7'));
  expect(await of('client')).toHaveLength(1);
});

test('nothing readable is stored', async () => {
  await put(matter('m1', '5'));
  const rows = await database.query(
    `select encode(display_enc, 'escape') as text, row_to_json(m)::text as row from known_matters m`,
  );
  expect(JSON.stringify(rows)).not.toMatch(/Title|N-m1/);
});
