import { randomUUID } from 'node:crypto';
import { FieldCipher } from '@matterline/platform';
import { noticesOf, OperationRunner, type OperationRow, Operations } from '@matterline/sync';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { json } from '../../../../config/testing/stand-in';
import { type ContactsServer, startContactsServer } from '../testing/contacts-server';
import { ContactWork } from '../testing/contact-work';
import { UpdateContactHandler } from './update-contact.handler';

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
const kinds = async () => (await work.operations(cli)).map(({ kind, state }) => `${kind} ${state}`);

describe('a linked contact', () => {
  const linked = async (more: object = {}) => {
    await work.put(anna(cli, more));
    await work.settle(cli);
    const id = (await work.link(cli))?.smokeball_contact_id ?? '';
    smokeball.calls.length = 0;
    return id;
  };
  const update = async () => (await work.operations(cli)).filter(({ kind }) => kind === 'contact.update');

  it('an edit in CaseHug changes its own members only, and keeps what nobody here knows', async () => {
    const id = await linked();
    smokeball.change(id, {
      person: { ...(smokeball.contacts.get(id)?.['person'] as object), notes: 'Tea', futureMember: 1 },
    });
    await work.put(anna(cli, { email: 'new@example.com' }));
    await work.settle(cli);
    expect(await update()).toMatchObject([{ state: 'succeeded' }]);
    expect(smokeball.contacts.get(id)?.['person']).toEqual({
      firstName: 'Anna',
      lastName: 'Rivera',
      email: 'new@example.com',
      ...CELL,
      notes: 'Tea',
      futureMember: 1,
    });
  });

  it('a person who became a company in CaseHug stays one, and that is said', async () => {
    const id = await linked();
    await work.put(anna(cli, { company_name: 'Rivera LLC', email: 'office@example.com' }));
    await work.settle(cli);
    expect(smokeball.contacts.get(id)).toMatchObject({ person: { firstName: 'Anna', email: 'office@example.com' } });
    const [operation] = await at.database.query<OperationRow>(
      `select id, firm_id, notices_enc from operations where firm_id = $1 and kind = 'contact.update'`,
      [work.firmId],
    );
    expect(operation && noticesOf(at.get(FieldCipher), operation)).toMatchObject([{ code: 'kind_stays' }]);
  });

  it('what a Smokeball user wrote stays, also where CaseHug is silent or clears', async () => {
    const id = await linked();
    smokeball.change(id, {
      person: { firstName: 'Anna', lastName: 'Keller', email: EMAIL, cell: { number: '2125550100' } },
    });
    await work.put(anna(cli, { mobile: null, email: undefined, phone: '6175550100' }));
    await work.settle(cli);
    expect(smokeball.contacts.get(id)?.['person']).toEqual({
      firstName: 'Anna',
      lastName: 'Keller',
      email: EMAIL,
      cell: { number: '2125550100' },
      phone: { areaCode: '617', number: '5550100' },
    });
  });

  it('a deleted one is never brought back by an edit', async () => {
    const id = await linked();
    smokeball.change(id, { isDeleted: true });
    await work.put(anna(cli, { email: 'new@example.com' }));
    await work.settle(cli);
    expect(await update()).toMatchObject([{ state: 'failed', error_code: 'link_broken' }]);
    expect(smokeball.calls).not.toContain('PUT /contacts/{id}');
    expect(smokeball.contacts.get(id)?.isDeleted).toBe(true);
    expect(await work.link(cli)).toMatchObject({ state: 'broken' });
  });

  it('nor when the deletion becomes known while the edit waits for its turn', async () => {
    await linked();
    await work.put(anna(cli, { email: 'new@example.com' }));
    // What the event of the deletion does, right when the edit has been prepared.
    await at.database.query(`
      create function told_of_deletion() returns trigger language plpgsql as $$ begin
        update contact_links set state = 'broken' where firm_id = new.firm_id and client_id = new.entity_id; return new;
      end $$`);
    await at.database.query(
      `create trigger told after update of progress on operations for each row when (new.progress ? 'read_to_confirm') execute function told_of_deletion()`,
    );
    await work.settle(cli);
    await at.database.query('drop trigger told on operations');
    await at.database.query('drop function told_of_deletion');
    expect(smokeball.calls).not.toContain('PUT /contacts/{id}');
    expect(await update()).toMatchObject([{ state: 'failed', error_code: 'link_broken' }]);
  });

  it('a sync after that links nothing by itself and asks what became of it', async () => {
    const id = await linked();
    smokeball.change(id, { isDeleted: true });
    await work.put(anna(cli, { email: 'new@example.com' }));
    await work.settle(cli);
    const merged = smokeball.add(person({ email: 'new@example.com' }));
    await work.put(anna(cli, { email: 'new@example.com' }));
    await work.settle(cli);
    expect((await work.operations(cli)).at(-1)).toMatchObject({ kind: 'contact.push', error_code: 'link_broken' });
    expect(held()).toHaveLength(2);
    const [review] = await at.database.query('select candidate_ids from contact_reviews where firm_id = $1', [
      work.firmId,
    ]);
    expect(review).toEqual({ candidate_ids: [merged] });
  });

  it('a change of tags alone writes tags alone', async () => {
    await linked();
    await work.put(anna(cli, { tags: ['VIP'] }));
    await work.settle(cli);
    expect(smokeball.calls).toEqual(['POST /contacts/{id}/tags']);
    expect(await kinds()).toEqual(['contact.push succeeded', 'contact.tags succeeded']);
  });

  it('an edit during the create follows behind it', async () => {
    await work.put(anna(cli));
    const [push] = await work.operations(cli);
    await at.get(OperationRunner).run(work.firmId, push?.id ?? '');
    await work.put(anna(cli, { email: 'new@example.com' }));
    await work.settle(cli);
    expect(await kinds()).toEqual(['contact.push succeeded', 'contact.update succeeded']);
    expect(held()).toMatchObject([{ person: { email: 'new@example.com' } }]);
  });

  it('an event confirms an edit of the e-mail address without a read', async () => {
    const id = await linked();
    await work.put(anna(cli, { email: 'new@example.com' }));
    const [operation] = await update();
    await at.get(OperationRunner).run(work.firmId, operation?.id ?? '');
    smokeball.calls.length = 0;
    const isConfirmed = await at.inFirm(work.firmId, async (scope) => {
      const row = await at.get(Operations).findOpen(scope, operation?.id ?? '');
      return row && (await at.get(UpdateContactHandler).confirmedByEvent(scope, row, id));
    });
    expect([isConfirmed, smokeball.calls]).toEqual([true, []]);
  });
});

describe('tags', () => {
  const contactId = async () => (await work.link(cli))?.smokeball_contact_id ?? '';
  const names = async () =>
    (smokeball.contacts.get(await contactId())?.tags ?? []).map(({ name, type }) => `${type} ${name}`);

  it('of a new contact cost one call', async () => {
    await work.put(anna(cli, { tags: ['VIP', 'vip ', 'Needs interpreter'] }));
    await work.settle(cli);
    expect(await names()).toEqual(['Custom VIP', 'Custom Needs interpreter']);
    expect(smokeball.calls.filter((call) => call.includes('tags'))).toEqual(['POST /contacts/{id}/tags']);
  });

  it('join those of Smokeball’s users; only ours are taken off again', async () => {
    const own = [
      { id: randomUUID(), name: 'vip', type: 'Custom' },
      { name: 'Plaintiff', type: 'Role' },
    ];
    const id = smokeball.add({ ...person({ email: EMAIL }), tags: own });
    await work.put(anna(cli, { tags: ['VIP', 'Urgent', 'plaintiff'] }));
    await work.settle(cli);
    expect(await names()).toEqual(['Custom vip', 'Role Plaintiff', 'Custom Urgent']);
    await work.put(anna(cli, { tags: null }));
    await work.settle(cli);
    expect(smokeball.contacts.get(id)?.tags).toEqual(own);
  });

  it('are not doubled when the answer was lost', async () => {
    await work.put(anna(cli));
    await work.settle(cli);
    let isLost = false;
    smokeball.onCall((call, request) => {
      if (call !== 'POST /contacts/{id}/tags' || isLost) return null;
      isLost = true;
      for (const name of JSON.parse(request.body) as string[])
        for (const one of held()) one.tags.push({ id: randomUUID(), name, type: 'Custom' });
      return json(503, {});
    });
    await work.put(anna(cli, { tags: ['VIP'] }));
    await work.settle(cli);
    expect(await names()).toEqual(['Custom VIP']);
    expect((await work.operations(cli)).at(-1)).toMatchObject({ kind: 'contact.tags', state: 'succeeded' });
    await work.put(anna(cli, { tags: [] }));
    await work.settle(cli);
    expect(await names()).toEqual([]);
  });

  it('that CaseHug never spoke of are not touched', async () => {
    await work.put(anna(cli));
    await work.settle(cli);
    expect(await kinds()).toEqual(['contact.push succeeded']);
  });
});
