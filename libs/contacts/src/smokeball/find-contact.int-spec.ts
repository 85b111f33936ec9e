import { OperationRunner } from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { json } from '../../../../config/testing/stand-in';
import { type ContactsServer, startContactsServer } from '../testing/contacts-server';
import { ContactWork } from '../testing/contact-work';
import { ContactArrival } from './contact-arrival';

jest.setTimeout(60_000);

const EMAIL = 'anna@example.com';
const anna = (id: string, more: object = {}) => ({
  id,
  first_name: 'Anna',
  last_name: 'Rivera',
  email: EMAIL,
  mobile: '(617) 399-8147',
  ...more,
});
const person = (more: object = {}) => ({ person: { firstName: 'Anna', lastName: 'Rivera', ...more } });
const CELL = { cell: { areaCode: '617', number: '3998147' } };

let smokeball: ContactsServer;
let at: AppUnderTest;
let work: ContactWork;
let cli: string;
let count = 0;

beforeAll(async () => {
  smokeball = await startContactsServer();
  at = await startApp({ smokeballUrl: smokeball.url });
});
beforeEach(async () => {
  smokeball.forget();
  work = await ContactWork.begin(at);
  count += 1;
  cli = `cli_${count}`;
});
afterAll(async () => {
  await at.close();
  await smokeball.close();
});

const held = () => [...smokeball.contacts.values()];
const indexed = async (id: string) => {
  // As an event or the first reading would put it there.
  const contact = smokeball.contacts.get(id);
  await at.inFirm(work.firmId, (scope) =>
    at
      .get(ContactArrival)
      .index(scope, { tags: [], ...contact, lastUpdated: BigInt(String(contact?.['lastUpdated'])) } as never),
  );
};
const kinds = async () => (await work.operations(cli)).map(({ kind, state }) => `${kind} ${state}`);

describe('finding before creating', () => {
  it('nobody there: one search, one create', async () => {
    await work.put(anna(cli));
    await work.settle(cli);
    expect(smokeball.calls.slice(0, 2)).toEqual(['GET /contacts', 'POST /contacts']);
    expect(await kinds()).toEqual(['contact.push succeeded']);
    expect(held()).toMatchObject([{ externalSystemId: cli, person: { firstName: 'Anna', ...CELL } }]);
  });

  it('without an e-mail address: the create alone', async () => {
    await work.put(anna(cli, { email: undefined }));
    await work.settle(cli);
    expect(smokeball.calls[0]).toBe('POST /contacts');
  });

  it.each([
    ['the same address in another case', { email: 'ANNA@Example.com' }],
    ['the same address and a name that differs in an accent', { firstName: 'Ánna', email: EMAIL }],
  ])('linked by %s, and nothing is written', async (_name, more) => {
    const id = smokeball.add(person(more));
    await work.put(anna(cli));
    await work.settle(cli);
    expect(await work.link(cli)).toMatchObject({ state: 'confirmed', smokeball_contact_id: id, how: 'email' });
    expect(smokeball.calls).toEqual(['GET /contacts']);
  });

  it('a company is found by its address', async () => {
    const id = smokeball.add({ company: { name: 'Basalt LLC', email: 'OFFICE@basalt.example' } });
    await work.put({ id: cli, company_name: 'Basalt', email: 'office@basalt.example' });
    await work.settle(cli);
    expect(await work.link(cli)).toMatchObject({ state: 'confirmed', smokeball_contact_id: id });
  });

  it('a deleted one is no hit: a new contact is made and the deleted one stays deleted', async () => {
    const id = smokeball.add({ ...person({ email: EMAIL }), isDeleted: true });
    await work.put(anna(cli));
    await work.settle(cli);
    expect(held()).toHaveLength(2);
    expect(smokeball.contacts.get(id)?.isDeleted).toBe(true);
  });

  it('by number and name from the phone index, read again before it is believed', async () => {
    const id = smokeball.add(person(CELL));
    await indexed(id);
    await work.put(anna(cli));
    await work.settle(cli);
    expect(await work.link(cli)).toMatchObject({ state: 'confirmed', smokeball_contact_id: id, how: 'phone' });
    expect(smokeball.calls).toEqual(['GET /contacts', 'GET /contacts/{id}']);
  });

  it.each([
    [
      'has another number now',
      () => ({ person: { firstName: 'Anna', lastName: 'Rivera', cell: { number: '2125550100' } } }),
    ],
    ['is deleted now', () => ({ isDeleted: true })],
  ])('what the index says of a contact that %s is not believed', async (_name, change) => {
    const id = smokeball.add(person(CELL));
    await indexed(id);
    smokeball.change(id, change());
    await work.put(anna(cli));
    await work.settle(cli);
    expect(held()).toHaveLength(2);
    expect((await work.link(cli))?.smokeball_contact_id).not.toBe(id);
  });

  it('a family that shares its home number is not asked about', async () => {
    const id = smokeball.add({ person: { firstName: 'Bruno', lastName: 'Rivera', phone: { number: '617 555 0100' } } });
    await indexed(id);
    await work.put(anna(cli, { mobile: undefined, phone: '6175550100' }));
    await work.settle(cli);
    expect(held()).toHaveLength(2);
  });

  it.each([
    ['two who are both sure', [person({ email: EMAIL }), person({ email: EMAIL })]],
    ['the spouse at the same address', [{ person: { firstName: 'Bruno', lastName: 'Rivera', email: EMAIL } }]],
    ['a company at the same address', [{ company: { name: 'Riverbend', email: EMAIL } }]],
  ])('%s: a person is asked, nothing is linked or made', async (_name, contacts) => {
    for (const one of contacts) smokeball.add(one);
    await work.put(anna(cli));
    expect(await work.settle(cli)).toMatchObject([{ state: 'held', error_code: 'contact_ambiguous' }]);
    expect(await work.link(cli)).toMatchObject({ state: 'needs_review', smokeball_contact_id: null });
    expect(held()).toHaveLength(contacts.length);
    const [review] = await at.database.query<{ state: string; candidate_ids: string[]; candidates_enc: Buffer }>(
      'select state, candidate_ids, candidates_enc from contact_reviews where firm_id = $1',
      [work.firmId],
    );
    expect(review).toMatchObject({
      state: 'open',
      candidate_ids: held()
        .map(({ id }) => id)
        .sort(),
    });
    expect(review?.candidates_enc.toString('latin1')).not.toMatch(/Rivera|example/);
  });

  it('the spouse at the same address does not keep the sure one from being linked', async () => {
    smokeball.add({ person: { firstName: 'Bruno', lastName: 'Rivera', email: EMAIL } });
    const id = smokeball.add(person({ email: EMAIL }));
    await work.put(anna(cli));
    await work.settle(cli);
    expect(await work.link(cli)).toMatchObject({ state: 'confirmed', smokeball_contact_id: id });
  });

  it.each([
    ['e-mail address', {}, {}],
    ['number, written in another way', { email: null }, { email: null, mobile: '617.399 8147' }],
    ['number, in another field', { email: null }, { email: 'else@example.com', mobile: null, phone: '+1 617 3998147' }],
  ])('two clients with one %s at once make one contact, though the search lags behind', async (_name, one, two) => {
    smokeball.onCall((call) => (call === 'GET /contacts' ? json(200, { value: [], size: 0 }) : null));
    const other = `${cli}_too`;
    await work.put(anna(cli, one));
    await work.put(anna(other, two));
    const [[first], [second]] = [await work.operations(cli), await work.operations(other)];
    await at.get(OperationRunner).run(work.firmId, second?.id ?? '');
    expect(smokeball.calls).toEqual([]);
    await at.get(OperationRunner).run(work.firmId, first?.id ?? '');
    await work.settle(cli);
    await work.settle(other);
    expect(held()).toHaveLength(1);
    expect((await work.link(other))?.smokeball_contact_id).toBe(held()[0]?.id);
  });
});
