import { randomUUID } from 'node:crypto';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { runEvents, storeEvent, toldTo } from '../../../../config/testing/smokeball-events';
import { type ContactsServer, startContactsServer } from '../testing/contacts-server';
import { ContactWork } from '../testing/contact-work';

jest.setTimeout(60_000);

const TYPES = ['contact.created', 'contact.updated', 'contact.deleted', 'contact.restored'];
const PERSON = {
  firstName: 'Anna',
  lastName: 'Rivera',
  email: 'anna@example.com',
  cell: { areaCode: '617', number: '3998147' },
  residentialAddress: { city: 'Chicago' },
  notes: 'Tea',
};
const tag = (name: string, type = 'Custom') => ({ id: `tag-${name}`, name, type });

let smokeball: ContactsServer;
let at: AppUnderTest;
let work: ContactWork;
let id: string;

beforeAll(async () => {
  smokeball = await startContactsServer();
  at = await startApp({ smokeballUrl: smokeball.url });
});
afterAll(async () => {
  await at.close();
  await smokeball.close();
});

const told = async () => await toldTo(at, work.firmId);
const event = (type = 'contact.updated', more: { requestId?: string; payload?: object; contactId?: string } = {}) =>
  storeEvent(at, work.firmId, {
    type,
    id: more.contactId ?? id,
    requestId: more.requestId,
    payload: { ...more.payload },
  });
const run = () => runEvents(at, work.firmId);

/** A contact that was heard of once. */
const known = async () => {
  smokeball.forget();
  work = await ContactWork.begin(at);
  id = smokeball.add({ person: PERSON });
  await event();
  await run();
  await at.database.query('delete from events_out where firm_id = $1', [work.firmId]);
  smokeball.calls.length = 0;
};

describe('a contact that people changed in Smokeball', () => {
  beforeEach(known);

  it.each<[string, object, string[], string[]]>([
    ['its name', { person: { ...PERSON, lastName: 'Keller' } }, ['name'], []],
    ['its e-mail address', { person: { ...PERSON, email: 'new@example.com' } }, ['email'], []],
    ['a number', { person: { ...PERSON, cell: { number: '2125550100' } } }, ['phones'], []],
    ['one more number', { person: { ...PERSON, phone: { number: '2125550100' } } }, ['phones'], []],
    ['its address', { person: { ...PERSON, residentialAddress: { city: 'Boston' } } }, ['address'], []],
    ['its tags', { tags: [tag('VIP')] }, ['tags'], ['VIP']],
    ['a role beside its tags', { tags: [tag('VIP'), tag('Plaintiff', 'Role')] }, ['tags'], ['VIP', 'Plaintiff']],
    ['that it is deleted', { isDeleted: true }, ['deleted'], []],
    ['two things', { person: { ...PERSON, email: '', lastName: 'K' } }, ['name', 'email'], []],
  ])('%s', async (_what, fields, changed, tags) => {
    smokeball.change(id, { ...fields });
    const held = smokeball.contacts.get(id);
    if (held && 'tags' in fields) held.tags = fields.tags as never;
    await event();
    await event('contact.deleted');
    await run();
    expect(await told()).toMatchObject([
      { type: 'contact.updated', data: { client_id: null, smokeball_contact_id: id, changed, tags } },
    ]);
    expect((await told())[0]?.data['changed']).toEqual(changed);
    expect(smokeball.calls).toEqual(['GET /contacts/{id}']);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['what nobody is told of', { person: { ...PERSON, notes: 'Coffee' } }],
    ['spelling', { person: { ...PERSON, email: 'ANNA@example.com', cell: { number: '(617) 399-8147' } } }],
  ])('is not told when %s changed', async (_what, fields) => {
    smokeball.change(id, { ...fields });
    await event();
    await run();
    expect(await told()).toEqual([]);
  });

  it('deleted and restored are told each once', async () => {
    for (const isDeleted of [true, false]) {
      smokeball.change(id, { isDeleted });
      for (const type of TYPES) await event(type);
      await run();
      await event('contact.updated');
      await run();
    }
    expect((await told()).map(({ data }) => data['changed'])).toEqual([['deleted'], ['restored']]);
  });

  it.each(TYPES)('a false body of a signed %s changes nothing', async (type) => {
    await event(type, { payload: { isDeleted: true, lastUpdated: 9e15, person: { lastName: 'X' }, tags: [tag('X')] } });
    await run();
    expect(await told()).toEqual([]);
    expect(smokeball.calls).toEqual(['GET /contacts/{id}']);
  });
});

it('a new contact is told as one, with what it has', async () => {
  await known();
  const contactId = smokeball.add({ person: PERSON, tags: [tag('VIP')] });
  for (const type of ['contact.updated', 'contact.created', 'contact.created']) await event(type, { contactId });
  await run();
  await event('contact.created', { contactId });
  await run();
  expect(await told()).toMatchObject([
    { type: 'contact.created', data: { smokeball_contact_id: contactId, changed: ['created'], tags: ['VIP'] } },
  ]);
});

describe('versions out of order', () => {
  const states = [1, 2, 3, 4].map((state) => ({
    lastUpdated: 50_000 + state,
    tags: [tag(`state-${state}`)],
    isDeleted: state === 2,
  }));

  it.each(orders([0, 1, 2, 3]).map((order) => [order.join(), order] as const))(
    'in the order %s end in the newest, and CaseHug never hears of going back',
    async (_name, order) => {
      await known();
      for (const state of order) {
        smokeball.contacts.set(id, {
          ...smokeball.contacts.get(id),
          id,
          ...(states[state] as never as object),
        } as never);
        await event();
        await run();
      }
      const heard = (await told()).flatMap(({ data }) => data['tags'] as string[]).map((name) => Number(name.slice(6)));
      expect(heard).toEqual([...new Set(heard)].sort());
      expect(heard.at(-1)).toBe(4);
      const [row] = await at.database.query<{ version: string; is_there: boolean }>(
        'select version::text, display_enc is not null as is_there from phone_contacts where firm_id = $1',
        [work.firmId],
      );
      expect(row).toEqual({ version: '50004', is_there: true });
    },
  );
});

describe('our own writes into a contact', () => {
  const cli = 'cli_1';
  const anna = { id: cli, first_name: 'Anna', last_name: 'Rivera', email: 'anna@example.com' };
  const linked = async () => {
    smokeball.forget();
    work = await ContactWork.begin(at);
    await work.put(anna);
    await work.settle(cli);
    id = (await work.link(cli))?.smokeball_contact_id ?? '';
  };
  const lastOperation = async () => (await work.operations(cli)).at(-1)?.id ?? '';
  const news = async () => (await told()).filter(({ type }) => type.startsWith('contact.'));

  it('are not told, whether their events carry our request id or not', async () => {
    await linked();
    await event('contact.created', { requestId: randomUUID() });
    await run();
    await work.put({ ...anna, email: 'new@example.com', mobile: '(617) 399-8147', tags: ['VIP'] });
    await work.settle(cli);
    await event('contact.updated', { requestId: await lastOperation() });
    await event('contact.updated', { requestId: randomUUID() });
    await run();
    expect(await news()).toEqual([]);
  });

  it('cost no reading when all events are ours', async () => {
    await linked();
    await work.put({ ...anna, email: 'new@example.com' });
    await work.settle(cli);
    smokeball.calls.length = 0;
    for (const type of TYPES) await event(type, { requestId: await lastOperation() });
    await run();
    expect(smokeball.calls).toEqual([]);
  });

  it('hide no change of a person that came in between', async () => {
    await linked();
    await work.put({ ...anna, email: 'new@example.com' });
    await work.settle(cli);
    const person = smokeball.contacts.get(id)?.['person'] as object;
    smokeball.change(id, { person: { ...person, lastName: 'Keller' } });
    await event('contact.updated', { requestId: await lastOperation() });
    await event('contact.updated', { requestId: randomUUID() });
    await run();
    expect(await news()).toMatchObject([{ data: { client_id: cli, changed: ['name'] } }]);
  });

  it('make no loop with a CaseHug that sends every change back, in 50 rounds', async () => {
    await linked();
    const person = smokeball.contacts.get(id)?.['person'] as object;
    smokeball.change(id, { person: { ...person, lastName: 'Keller' } });
    await event();
    smokeball.calls.length = 0;
    let answered = 0;
    for (let round = 0; round < 50; round += 1) {
      const wrote = smokeball.calls.filter((call) => !call.startsWith('GET')).length;
      await run();
      const fresh = (await news()).slice(answered);
      answered += fresh.length;
      for (const _one of fresh) await work.put({ ...anna, last_name: 'Keller' });
      await work.settle(cli);
      if (smokeball.calls.filter((call) => !call.startsWith('GET')).length > wrote) {
        await event('contact.updated', { requestId: await lastOperation() });
        await event('contact.updated', { requestId: randomUUID() });
      }
    }
    expect(answered).toBe(1);
    expect(smokeball.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(smokeball.calls.length).toBeLessThanOrEqual(4);
  });
});

function orders(of: readonly number[]): number[][] {
  if (of.length <= 1) return [[...of]];
  return of.flatMap((first) => orders(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
