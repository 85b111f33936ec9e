import { createHmac } from 'node:crypto';
import { GRACE, PARTNER, Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const KEY = 'ei7641529ue420n8b9aa';
const SYSTEM_ACCOUNT = '00000000-0000-0000-0000-000000000000';
/** Every type that any known list names. */
const TYPES =
  `contact.created contact.updated contact.deleted contact.restored matter.created matter.updated matter.converted
  matter.closed matter.statusUpdated matter.initialized matteritems.updated roles.updated matterstage.updated layoutmatter.created
  layoutmatter.updated layoutdesign.updated archive.updated billingconfiguration.updated mattertype.updated files.updated memo.created
  memo.updated memo.deleted memo.restored task.created task.updated task.deleted task.completed staff.created staff.updated firm.created
  firm.updated firmuser.updated user.registered user.unregistered fee.created fee.updated fee.deleted expense.created expense.updated
  expense.deleted activitycode.created activitycode.updated activitycode.deleted invoice.created invoice.updated invoice.finalized
  event.created event.updated stageset.created stageset.updated error`.split(/\s+/);

/** Our own reading of the signature. */
const sign = (timestamp: unknown, requestId: unknown, clientId: string): string =>
  createHmac('sha256', KEY)
    .update(`${String(timestamp)}|${String(requestId)}|${clientId}`)
    .digest('hex');

describe('webhooks', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  beforeAll(async () => {
    [sim, receiver] = [await SimulatorUnderTest.start(), await Receiver.start()];
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    receiver.received.length = 0;
    await sim.begin({ frozen_at: '2026-11-02T09:00:00Z' });
  });

  const hook = (eventTypes: string[], more: Json = {}): Json => ({
    name: 'hook',
    key: KEY,
    eventTypes,
    eventNotificationUrl: receiver.url,
    ...more,
  });
  const subscribe = async (eventTypes: string[], more: Json = {}, path = '/webhooks'): Promise<string> => {
    const answer = await sim.api('POST', path, { body: hook(eventTypes, more) });
    expect(answer.status).toBe(200);
    return String(answer.body['id']);
  };
  const createContact = (requestId = 'our request') =>
    sim.api('POST', '/contacts', { body: { person: { firstName: 'New' } }, headers: { RequestId: requestId } });

  it('9.42 subscriptions are written at once, whatever is late elsewhere', async () => {
    await sim.switches({ visibility_ms: 60_000, index_lag_ms: 60_000 });
    const id = await subscribe(['contact.created', 'contact.updated']);
    expect((await sim.api('GET', '/webhooks')).list.map((known) => known['id'])).toEqual([id]);
    const put = await sim.api('PUT', `/webhooks/${id}`, { body: hook(['contact.deleted']) });
    expect([put.status, (await sim.api('GET', `/webhooks/${id}`)).body['eventTypes']]).toEqual([
      200,
      ['contact.deleted'],
    ]);
    expect((await sim.api('DELETE', `/webhooks/${id}`)).status).toBe(200);
    for (const method of ['GET', 'DELETE']) expect((await sim.api(method, `/webhooks/${id}`)).status).toBe(404);
    await sim.connect('us', GRACE);
    const foreign = await subscribe(['contact.created']);
    await sim.connect('us', 'tom.jones@harborpine.example');
    expect((await sim.api('PUT', `/webhooks/${foreign}`, { body: hook(['error']) })).status).toBe(403);
  });

  it('9.42 the key is never shown, and an absent key keeps it', async () => {
    const id = await subscribe(['contact.created']);
    for (const path of ['/webhooks', `/webhooks/${id}`]) expect((await sim.api('GET', path)).text).not.toContain(KEY);
    await sim.api('PUT', `/webhooks/${id}`, { body: hook(['contact.created'], { key: undefined }) });
    await createContact();
    await sim.settle();
    expect(receiver.received[0]?.headers).toHaveProperty('signature');
  });

  it('9.42 the same subscription twice means every delivery twice', async () => {
    const ids = [await subscribe(['contact.created']), await subscribe(['contact.created'])];
    await createContact();
    await sim.settle();
    expect(receiver.types()).toEqual(['contact.created', 'contact.created']);
    expect(receiver.received.map(({ body }) => body['subscriptionId'])).toEqual(ids);
  });

  it('9.42 the types are all that any list names, or what the switch says; others are a 400', async () => {
    const types = (await sim.api('GET', '/webhooks/types')).body['value'] as string[];
    expect([...types].sort()).toEqual([...TYPES].sort());
    const unknown = hook(['contact.created', 'matter.deleted']);
    expect((await sim.api('POST', '/webhooks', { body: unknown })).status).toBe(400);
    const id = await subscribe(['contact.created']);
    expect((await sim.api('PUT', `/webhooks/${id}`, { body: unknown })).status).toBe(400);
    await sim.switches({ webhook_types: ['matter.deleted'] });
    expect((await sim.api('GET', '/webhooks/types')).body['value']).toEqual(['matter.deleted']);
    await subscribe(['matter.deleted']);
    expect((await sim.api('POST', '/webhooks', { body: hook(['contact.created']) })).status).toBe(400);
  });

  it('9.43 headers and a signature over time, request and client, which the body is no part of', async () => {
    // The two published examples, to hold our own reading first.
    const examples = [
      sign('637558795239278688', '38583489-09c4-49ef-b58c-ef1b34208cca', 'lou1qnn0llav95'),
      sign('638609288928990639', 'e56f2c3f-b6de-4310-a7a2-c139d62f9711', 'lou1qnn0llav95f'),
    ];
    expect(examples).toEqual([
      'feb4b838a272884f6d2c2580b2c7ebb0b2f725b90e8baa6f9b5e1a17a9faec2d',
      '58817681863148b0e624c00f3094f99e1af31cd7b99a3c2e0655d64a2764d650',
    ]);
    await subscribe(['contact.created']);
    await createContact();
    await sim.settle();
    const headers: Record<string, string> = receiver.received[0]?.headers ?? {};
    expect(headers['requestid']).toBe('our request');
    expect(headers['timestamp']).toMatch(/^6\d{17}$/);
    expect(headers['signature']).toBe(sign(headers['timestamp'], 'our request', PARTNER.client_id));
  });

  it('9.43 the body: whose it is, explicit nulls, Links without href, ticks as a bare number', async () => {
    const id = await subscribe(['contact.created']);
    const made = await createContact();
    await sim.settle();
    const { text, body } = receiver.received[0] ?? { text: '', body: {} };
    const firm = await sim.firm();
    expect(body).toMatchObject({
      accountId: firm['account_id'],
      userId: firm['users']?.[0]?.['userId'],
      subscriptionId: id,
      type: 'contact.created',
      source: 'API',
      payload: { id: made.body['id'], company: null, externalSystemId: null },
    });
    const ticks = /"timestamp":(\d{18})[,}]/.exec(text)?.[1] ?? '';
    expect(BigInt(Number(ticks))).not.toBe(BigInt(ticks));
    expect(text).not.toContain('href');
  });

  it('9.43 without a key there is no signature; the user is sometimes absent', async () => {
    await sim.switches({ user_id_absent_p: 1 });
    await subscribe(['contact.created'], { key: null });
    await subscribe(['contact.created']);
    await createContact();
    await sim.settle();
    expect(receiver.received.map(({ headers }) => 'signature' in headers)).toEqual([false, true]);
    expect(receiver.received.map(({ body }) => 'userId' in body)).toEqual([false, false]);
  });

  const MATTER_EVENTS = ['matter.created', 'matter.updated', 'roles.updated', 'matteritems.updated'];
  const createMatter = async (): Promise<string> => {
    const client = (await sim.api('GET', '/contacts?Limit=1')).list[0]?.['id'];
    const type = (await sim.api('GET', '/mattertypes?Location=MA&Type=0&Limit=1')).list[0]?.['id'];
    const body = { clientIds: [client], matterTypeId: type, status: 'Open', number: 'OWN-1' };
    const made = await sim.api('POST', '/matters', { body, headers: { RequestId: 'create' } });
    await sim.settle();
    return String(made.body['id']);
  };

  it('9.44 one call raises several events with its RequestId', async () => {
    await subscribe(MATTER_EVENTS);
    const id = await createMatter();
    expect([...receiver.types()].sort()).toEqual([...MATTER_EVENTS].sort());
    expect(new Set(receiver.received.map(({ headers }) => headers['requestid']))).toEqual(new Set(['create']));
    expect(new Set(receiver.received.map(({ body }) => (body['payload'] as Json)['id']))).toEqual(new Set([id]));
  });

  it('9.44 with fan_out off it is one event', async () => {
    await sim.switches({ fan_out: false });
    await subscribe(MATTER_EVENTS);
    await createMatter();
    expect(receiver.types()).toEqual(['matter.created']);
  });

  it('9.44 a change by a person has a RequestId of its own and says Smokeball', async () => {
    const id = await createMatter();
    await subscribe(['matter.updated', 'matter.statusUpdated', 'matter.closed']);
    await sim.control('POST', `/us/as-user/matters/${id}`, { status: 'Closed' });
    await sim.settle();
    expect(receiver.types()).toEqual(['matter.updated', 'matter.statusUpdated', 'matter.closed']);
    expect(receiver.received[0]?.body).toMatchObject({ source: 'Smokeball', payload: { status: 'Closed' } });
    const ids = new Set(receiver.received.map(({ headers }) => headers['requestid']));
    expect([ids.size, [...ids][0]]).toEqual([1, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('9.47 notify sends noop to that subscription alone', async () => {
    const id = await subscribe(['mattertype.updated']);
    await subscribe(['mattertype.updated']);
    expect((await sim.api('POST', `/webhooks/${id}/notify`)).status).toBe(200);
    await sim.settle();
    expect(receiver.received.map(({ body }) => [body['type'], body['subscriptionId']])).toEqual([['noop', id]]);
  });

  it('9.47 a system event goes to all accounts, and names one that may be another’s', async () => {
    const accounts = [await sim.accountId(0), await sim.accountId(1)];
    const ids = [await subscribe(['mattertype.updated'])];
    await sim.connect('us', GRACE);
    ids.push(await subscribe(['mattertype.updated']));
    await subscribe(['contact.created']);
    await sim.registerPartner('us', { private_accounts: accounts });
    sim.token = String((await sim.exchange('us', { grant_type: 'client_credentials' })).body['access_token']);
    ids.push(await subscribe(['mattertype.updated', 'contact.created'], {}, `/${SYSTEM_ACCOUNT}/webhooks`));
    for (const account_id of [undefined, accounts[0]]) {
      receiver.received.length = 0;
      await sim.control('POST', '/us/system-event', { account_id, payload: { id: 'x' } });
      await sim.settle();
      expect(receiver.received.map(({ body }) => body['subscriptionId'])).toEqual(ids);
      const named = new Set(receiver.received.map(({ body }) => body['accountId']));
      expect([...named]).toEqual([account_id ?? SYSTEM_ACCOUNT]);
    }
    receiver.received.length = 0;
    await sim.control('POST', '/us/as-user/contacts', { person: { firstName: 'x' } });
    await sim.settle();
    expect(receiver.received.map(({ body }) => body['subscriptionId'])).not.toContain(ids[2]);
    expect((await sim.api('GET', `/${SYSTEM_ACCOUNT}/contacts`)).status).toBe(403);
  });

  it('9.48 error events go to those who asked for them, and to nobody else', async () => {
    await subscribe(['matter.created', 'matter.updated']);
    const id = await subscribe(['error']);
    const body = { clientIds: ['00000000-0000-4000-8000-000000000000'], matterTypeId: 'x', status: 'Open' };
    expect((await sim.api('POST', '/matters', { body })).status).toBe(202);
    await sim.settle();
    const got = receiver.received.map((delivery) => [delivery.body['type'], delivery.body['subscriptionId']]);
    expect(got).toEqual([['error', id]]);
  });

  it('events of one firm never reach another firm', async () => {
    await subscribe(['contact.created']);
    await sim.connect('us', GRACE);
    await createContact();
    await sim.settle();
    expect(receiver.types()).toEqual([]);
  });
});
