import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('changing roles and relationships of a matter', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let matter: string;
  let contacts: string[];

  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    await sim.begin();
    const types = ['roles.updated', 'matteritems.updated', 'matter.updated', 'error'];
    await sim.api('POST', '/webhooks', { body: { eventTypes: types, eventNotificationUrl: receiver.url } });
    const people = await sim.api('GET', '/contacts?Type=Person&ExcludeDeletedContacts=true&Limit=5');
    contacts = people.list.map((contact) => String(contact['id']));
    const matterTypeId = (await sim.api('GET', '/mattertypes?Location=MA&Type=0&Name=divorce')).list[0]?.['id'];
    const body = { matterTypeId, clientIds: [contacts[0]], otherSideIds: [contacts[1]], status: 'Open', isLead: false };
    matter = `/matters/${String((await sim.api('POST', '/matters', { body })).body['id'])}`;
    await sim.settle();
    receiver.received.length = 0;
  });

  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;
  const roles = async (): Promise<Json[]> => (await read(`${matter}/roles`))['roles'] as Json[];
  const errors = (): unknown[] =>
    receiver.received.filter(({ body }) => body['type'] === 'error').map(({ body }) => body['payload']);
  const witness = { name: 'Witness', displayName: 'Eye witness', description: 'Saw it' };

  it('a role is accepted, then visible with its links, and told by events with one RequestId', async () => {
    await sim.switches({ visibility_ms: 500 });
    const body = { ...witness, contactId: contacts[2], representativeIds: [contacts[3]] };
    const made = await sim.api('POST', `${matter}/roles`, { body, headers: { RequestId: 'add-role' } });
    expect(made.status).toBe(202);
    const id = String(made.body['id']);
    expect(made.body).toMatchObject({ rel: 'self', href: expect.stringMatching(new RegExp(`/roles/${id}$`)) });
    expect((await sim.api('GET', `${matter}/roles/${id}`)).status).toBe(404);
    await sim.settle();
    expect(await read(`${matter}/roles/${id}`)).toMatchObject({
      name: 'Witness',
      roleDescription: 'Eye witness',
      description: 'Saw it',
      contact: { id: contacts[2] },
      representatives: [{ id: contacts[3] }],
      isClient: false,
      isOtherSide: false,
    });
    expect(receiver.types()).toEqual(['roles.updated', 'matteritems.updated', 'matter.updated']);
    expect(receiver.received.map(({ headers }) => headers['requestid'])).toEqual(Array(3).fill('add-role'));
    const found = await sim.api('GET', `/matters?ContactId=${String(contacts[2])}&Fields=tags`);
    expect(found.list.map((row) => `/matters/${String(row['id'])}`)).toContain(matter);
    expect((await read(`/contacts/${String(contacts[2])}`))['tags']).toContainEqual({ name: 'Witness', type: 'Role' });
  });

  it('PUT replaces a role and keeps the relationships that it does not name; DELETE takes it away', async () => {
    const relationships = [{ name: 'Solicitor', contactId: contacts[3] }];
    const body = { ...witness, contactId: contacts[2], relationships };
    const id = String((await sim.api('POST', `${matter}/roles`, { body })).body['id']);
    await sim.api('PUT', `${matter}/roles/${id}`, { body: { name: 'Expert' } });
    const changed = await read(`${matter}/roles/${id}`);
    expect(changed).toMatchObject({
      name: 'Expert',
      roleDescription: 'Expert',
      relationships: [{ name: 'Solicitor' }],
    });
    expect(changed['contact']).toBeUndefined();
    expect((await sim.api('DELETE', `${matter}/roles/${id}`)).status).toBe(202);
    expect((await sim.api('GET', `${matter}/roles/${id}`)).status).toBe(404);
    expect(await roles()).toHaveLength(2);
  });

  it('the client and the other side are roles too: their changes are changes of the matter', async () => {
    const [client, other] = await roles();
    const body = { name: client?.['name'], contactId: contacts[2], description: 'the daughter' };
    await sim.api('PUT', `${matter}/roles/${String(client?.['id'])}`, { body });
    expect(await read(matter)).toMatchObject({ clientIds: [contacts[2]], otherSideIds: [contacts[1]] });
    expect(await read(`${matter}/roles/${String(client?.['id'])}`)).toMatchObject({
      description: 'the daughter',
      isClient: true,
      contact: { id: contacts[2] },
    });
    await sim.api('DELETE', `${matter}/roles/${String(other?.['id'])}`);
    expect((await read(matter))['otherSideIds']).toEqual([]);
  });

  it('relationships of a role are added, changed and removed by id', async () => {
    const [client] = await roles();
    const path = `${matter}/roles/${String(client?.['id'])}/relationships`;
    const made = await sim.api('POST', path, { body: { name: 'Guardian', contactId: contacts[3] } });
    expect(made.status).toBe(202);
    const id = String(made.body['id']);
    expect(await read(`${path}/${id}`)).toMatchObject({ id, name: 'Guardian', contact: { id: contacts[3] } });
    expect((await read(path))['relationships']).toHaveLength(1);
    const change = { name: 'Parent', contactId: contacts[4], representativeIds: [contacts[3]] };
    expect((await sim.api('PUT', `${path}/${id}`, { body: change })).status).toBe(202);
    expect((await read(path))['relationships']).toMatchObject([
      { id, name: 'Parent', contact: { id: contacts[4] }, representatives: [{ id: contacts[3] }] },
    ]);
    expect((await sim.api('DELETE', `${path}/${id}`)).status).toBe(202);
    expect((await sim.api('GET', `${path}/${id}`)).status).toBe(404);
    expect(new Set(receiver.types())).toContain('roles.updated');
  });

  it('a PUT of the matter keeps its roles', async () => {
    await sim.api('POST', `${matter}/roles`, { body: { ...witness, contactId: contacts[2] } });
    const [client] = await roles();
    const clientPath = `${matter}/roles/${String(client?.['id'])}`;
    await sim.api('PUT', clientPath, { body: { name: client?.['name'], contactId: contacts[0], description: 'kept' } });
    const { matterTypeId, clientIds } = await read(matter);
    await sim.api('PUT', matter, { body: { matterTypeId, clientIds, status: 'Pending', isLead: false } });
    expect(await read(clientPath)).toMatchObject({ description: 'kept' });
    expect((await roles()).map((role) => role['name'])).toContain('Witness');
  });

  const UNKNOWN = '00000000-0000-4000-8000-000000000000';
  it.each([
    ['an unknown contact', 'POST', () => '/roles', () => ({ name: 'X', contactId: UNKNOWN }), 'Role', /Contact 0{8}-/],
    [
      'an unknown representative in a relationship',
      'POST',
      (client: string) => `/roles/${client}/relationships`,
      () => ({ name: 'X', representativeIds: [UNKNOWN] }),
      'Relationship',
      /does not belong/,
    ],
    [
      'a role that the matter type does not have',
      'PUT',
      (client: string) => `/roles/${client}`,
      () => ({ name: 'Borrower', contactId: contacts[0] }),
      'Role',
      /Role Borrower is not valid/,
    ],
    [
      'a client role without a contact',
      'PUT',
      (client: string) => `/roles/${client}`,
      () => ({ name: 'X' }),
      'Role',
      /needs a contact/,
    ],
    [
      'the last client going',
      'DELETE',
      (client: string) => `/roles/${client}`,
      () => undefined,
      'Role',
      /At least one client/,
    ],
  ])('%s is accepted, told later, and changes nothing', async (_name, method, path, body, resourceName, message) => {
    const before = await roles();
    const answer = await sim.api(method, `${matter}${path(String(before[0]?.['id']))}`, { body: body() });
    expect(answer.status).toBe(202);
    await sim.settle();
    const resourceId = answer.body['id'];
    expect(errors()).toEqual([{ message: expect.stringMatching(message), resourceName, resourceId }]);
    expect(await roles()).toEqual(before);
  });

  it.each([
    ['without a name', 'POST', '/roles', { contactId: null }, 400],
    ['with a text where a list belongs', 'POST', '/roles', { name: 'X', representativeIds: 'y' }, 400],
    ['an unknown role', 'PUT', `/roles/${UNKNOWN}`, { name: 'X' }, 404],
    ['an unknown role', 'DELETE', `/roles/${UNKNOWN}`, undefined, 404],
    ['relationships of an unknown role', 'GET', `/roles/${UNKNOWN}/relationships`, undefined, 404],
  ])('%s (%s %s): refused at once', async (_name, method, path, body, status) => {
    expect((await sim.api(method, `${matter}${path}`, { body })).status).toBe(status);
  });
});
