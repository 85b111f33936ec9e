import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { json } from '../../../../config/testing/stand-in';
import { PhoneIndex } from '../phone-index';
import { type ContactsServer, startContactsServer } from '../testing/contacts-server';
import { IndexFillRows } from './fill-rows';
import { IndexFill } from './index-fill';

jest.setTimeout(120_000);

const DAY_MS = 24 * 3600 * 1000;
const LEASE_MS = 120_000;

let smokeball: ContactsServer;
let at: AppUnderTest;
let firmId: string;

beforeAll(async () => {
  smokeball = await startContactsServer();
  at = await startApp({ smokeballUrl: smokeball.url });
});
beforeEach(async () => {
  smokeball.forget();
  ({ firmId } = await at.firm());
  await at.connect(firmId);
});
afterAll(async () => {
  await at.close();
  await smokeball.close();
});

const read = () => at.get(IndexFill).begin(firmId);
const view = () => at.get(IndexFillRows).view(firmId);
const add = (count: number, from = 0) =>
  Array.from({ length: count }, (_unused, at) =>
    smokeball.add({
      person: { firstName: 'P', lastName: `L${from + at}`, cell: { number: `617399${1000 + from + at}` } },
    }),
  );
const found = async (number: string) =>
  await at.inFirm(firmId, (scope) => at.get(PhoneIndex).find(scope, 'acc-1', number, { country: 'US' }));

test('all contacts are read once, in pages of 500, and then a day is waited', async () => {
  add(1_100);
  smokeball.add({ isDeleted: true, person: { lastName: 'Gone', cell: { number: '2125550100' } } });
  expect(await view()).toEqual({ state: 'not_started', read: 0, total: null, known: 0, filled_at: null });
  await read();
  expect(smokeball.calls).toEqual(['GET /contacts', 'GET /contacts', 'GET /contacts']);
  expect(await view()).toMatchObject({ state: 'filled', known: 1_100, total: 1_101 });
  expect((await found('+16173991042'))[0]?.name).toBe('P L42');
  expect(await found('+12125550100')).toEqual([]);
  await read();
  expect(smokeball.calls).toHaveLength(3);
  smokeball.change([...smokeball.contacts.keys()][42] ?? '', {
    person: { lastName: 'New', cell: { number: '2125550177' } },
  });
  at.clock.advance(DAY_MS);
  await read();
  expect((await found('+12125550177'))[0]?.name).toBe('New');
  expect(await found('+16173991042')).toEqual([]);
});

test('a killed process costs one page: the next goes on where it was', async () => {
  add(700);
  smokeball.onCall(() => (smokeball.calls.length === 2 ? json(503, {}) : null));
  await read();
  expect(await view()).toMatchObject({ state: 'filling', read: 500, total: 700, known: 500 });
  smokeball.calls.length = 0;
  smokeball.onCall(null);
  at.clock.advance(60_000);
  await read();
  expect(smokeball.calls).toEqual(['GET /contacts']);
  expect(await view()).toMatchObject({ state: 'filled', known: 700 });
});

test('two processes never read the same firm; a dead one’s reading is taken over after its lease', async () => {
  add(10);
  const rows = at.get(IndexFillRows);
  const first = await rows.claim(firmId);
  expect([first !== null, await rows.claim(firmId)]).toEqual([true, null]);
  at.clock.advance(LEASE_MS + 1);
  const second = await rows.claim(firmId);
  expect(second).not.toBeNull();
  const isKept = await at.inFirm(firmId, async (scope) => first && (await rows.advance(scope, first, first, 5, 5)));
  expect(isKept).toBe(false);
});

test('a firm that is not connected is not read, and reads on at once when it is again', async () => {
  add(3);
  await read();
  smokeball.calls.length = 0;
  await at.get(IndexFillRows).wake(firmId);
  await at.database.query(`update connections set state = 'needs_reauth' where firm_id = $1`, [firmId]);
  await read();
  expect(smokeball.calls).toEqual([]);
  await at.database.query(`update connections set state = 'connected' where firm_id = $1`, [firmId]);
  await read();
  expect(smokeball.calls).toEqual(['GET /contacts']);
});

test('what is due is found across firms', async () => {
  const due = await at.database.query<{ firm_id: string }>(
    'select firm_id from directory.due_contact_fills($1, 1000)',
    [at.clock.now()],
  );
  expect(due.map(({ firm_id }) => firm_id)).toContain(firmId);
});
