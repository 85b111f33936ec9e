import { createHmac } from 'node:crypto';
import { webhookSignature } from '../webhooks/signature';
import { PARTNER, Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const KEY = 'ei7641529ue420n8b9aa';

describe('webhooks', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  beforeEach(async () => {
    [sim, receiver] = [await SimulatorUnderTest.connected(), await Receiver.start()];
  });
  afterEach(async () => {
    await sim.close();
    await receiver.close();
  });

  const subscribe = async (eventTypes: string[], more: Json = {}): Promise<string> => {
    const body = { name: 'hook', key: KEY, eventTypes, eventNotificationUrl: receiver.url, ...more };
    const answer = await sim.api('POST', '/webhooks', { body });
    expect(answer.status).toBe(200);
    return String(answer.body['id']);
  };
  const createContact = (requestId = 'our request') =>
    sim.api('POST', '/contacts', { body: { person: { firstName: 'New' } }, headers: { RequestId: requestId } });

  it('9.42 subscriptions are written at once, never show their key, and may be the same twice', async () => {
    const id = await subscribe(['contact.created', 'contact.updated']);
    await subscribe(['contact.created']);
    const read = await sim.api('GET', `/webhooks/${id}`);
    expect([read.status, read.text.includes(KEY)]).toEqual([200, false]);
    expect((await sim.api('GET', '/webhooks')).body['size']).toBe(2);
    await createContact();
    await sim.settle();
    expect(receiver.types()).toEqual(['contact.created', 'contact.created']);
    await sim.api('PUT', `/webhooks/${id}`, {
      body: { eventTypes: ['contact.deleted'], eventNotificationUrl: receiver.url },
    });
    expect((await sim.api('GET', `/webhooks/${id}`)).body['eventTypes']).toEqual(['contact.deleted']);
    expect((await sim.api('DELETE', `/webhooks/${id}`)).status).toBe(200);
    expect((await sim.api('DELETE', `/webhooks/${id}`)).status).toBe(404);
  });

  it('9.42 an unknown type is a 400; the list of types is a switch', async () => {
    const body = { eventTypes: ['matter.deleted'], eventNotificationUrl: receiver.url };
    expect((await sim.api('POST', '/webhooks', { body })).status).toBe(400);
    const types = (await sim.api('GET', '/webhooks/types')).body['value'];
    expect(types).toEqual(expect.arrayContaining(['contact.created', 'matter.converted', 'files.updated', 'error']));
    await sim.switches({ webhook_types: ['matter.deleted'] });
    expect((await sim.api('POST', '/webhooks', { body })).status).toBe(200);
  });

  it.each([
    [
      '637558795239278688',
      '38583489-09c4-49ef-b58c-ef1b34208cca',
      'lou1qnn0llav95',
      'feb4b838a272884f6d2c2580b2c7ebb0b2f725b90e8baa6f9b5e1a17a9faec2d',
    ],
    [
      '638609288928990639',
      'e56f2c3f-b6de-4310-a7a2-c139d62f9711',
      'lou1qnn0llav95f',
      '58817681863148b0e624c00f3094f99e1af31cd7b99a3c2e0655d64a2764d650',
    ],
  ])('9.43 the published signatures hold: %s', (timestamp, requestId, clientId, signature) => {
    expect(webhookSignature(KEY, timestamp, requestId, clientId)).toBe(signature);
  });

  it('9.43 headers, signature, explicit nulls, Links without href, ticks as bare numbers', async () => {
    await subscribe(['contact.created']);
    const made = await createContact();
    await sim.settle();
    const { headers, text, body } = receiver.received[0] ?? {
      headers: {},
      text: '',
      body: {},
    };
    const message = `${headers['timestamp']}|our request|${PARTNER.client_id}`;
    expect(headers['signature']).toBe(createHmac('sha256', KEY).update(message).digest('hex'));
    expect(headers['timestamp']).toMatch(/^\d{18}$/);
    expect(body).toMatchObject({
      type: 'contact.created',
      source: 'API',
      payload: { id: made.body['id'], company: null, externalSystemId: null },
    });
    expect(text).toMatch(/"timestamp":\d{18}[,}]/);
    expect(text).not.toContain('href');
    const firm = await sim.firm();
    expect([body['accountId'], body['userId']]).toEqual([firm['account_id'], firm['users']?.[0]?.['userId']]);
  });

  it('9.43 without a key there is no signature; the user is sometimes absent', async () => {
    await sim.switches({ user_id_absent_p: 1 });
    await subscribe(['contact.created'], { key: null });
    await createContact();
    await sim.settle();
    expect(receiver.received[0]?.headers).not.toHaveProperty('signature');
    expect(receiver.received[0]?.body).not.toHaveProperty('userId');
  });

  it('9.44 one call raises several events with its RequestId; a change by a user has its own and says Smokeball', async () => {
    await subscribe([
      'matter.created',
      'matter.updated',
      'roles.updated',
      'matteritems.updated',
      'matter.statusUpdated',
      'matter.closed',
    ]);
    const client = (await sim.api('GET', '/contacts?Limit=1')).list[0]?.['id'];
    const type = (await sim.api('GET', '/mattertypes?Location=MA&Type=0&Limit=1')).list[0]?.['id'];
    const body = { clientIds: [client], matterTypeId: type, status: 'Open' };
    const made = await sim.api('POST', '/matters', { body, headers: { RequestId: 'create' } });
    await sim.settle();
    expect(receiver.types()).toEqual([
      'matter.created',
      'roles.updated',
      'matteritems.updated',
      'matter.updated',
      'matter.updated',
    ]);
    expect(new Set(receiver.received.map((delivery) => delivery.headers['requestid']))).toEqual(new Set(['create']));
    receiver.received.length = 0;
    await sim.control('POST', `/us/as-user/matters/${String(made.body['id'])}`, { status: 'Closed' });
    await sim.settle();
    expect(receiver.types()).toEqual(['matter.updated', 'matter.statusUpdated', 'matter.closed']);
    expect(receiver.received[0]?.body).toMatchObject({ source: 'Smokeball', payload: { status: 'Closed' } });
    expect(receiver.received[0]?.headers['requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('9.45 three retries after what is not 2xx, then no more', async () => {
    receiver.answers = [500];
    await subscribe(['contact.created']);
    await createContact();
    await sim.settle();
    expect(receiver.received).toHaveLength(4);
    const deliveries = (await sim.control('GET', '/deliveries?since=0')).list;
    expect(deliveries).toMatchObject([
      { state: 'failed', attempts: [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 500 }] },
    ]);
  });

  it('9.45 the retries can be none, and a receiver that is too slow counts as failed', async () => {
    await sim.switches({ webhook_retry_ms: [], webhook_timeout_ms: 50 });
    receiver.answers = [0];
    await subscribe(['contact.created']);
    await createContact();
    await sim.settle();
    expect((await sim.control('GET', '/deliveries?since=0')).list).toMatchObject([
      { state: 'failed', attempts: [{ status: null }] },
    ]);
  });

  it.each([
    ['duplicate_p', ['contact.created', 'contact.updated', 'contact.created', 'contact.updated']],
    ['drop_p', []],
  ])('9.45 with %s 1', async (name, types) => {
    await sim.switches({ [name]: 1 });
    await subscribe(['contact.created', 'contact.updated']);
    const made = await createContact();
    await sim.api('PUT', `/contacts/${String(made.body['id'])}`, { body: { person: { firstName: 'Changed' } } });
    await sim.settle();
    expect(receiver.types()).toEqual(types);
  });

  it('9.45 the next delivery can be made to come late, so that "updated" comes before "created"', async () => {
    await sim.control('POST', '/deliveries/force', { outcome: 'reorder', count: 1 });
    await subscribe(['contact.created', 'contact.updated']);
    const made = await createContact();
    await sim.api('PUT', `/contacts/${String(made.body['id'])}`, { body: { person: { firstName: 'Changed' } } });
    await sim.settle();
    expect(receiver.types()).toEqual(['contact.updated', 'contact.created']);
  });

  it.each([
    [false, 2],
    [true, 1],
  ])('9.46 a retry keeps the body; the signature is kept only with the switch (%s)', async (keeps, signatures) => {
    await sim.switches({ webhook_retry_keeps_signature: keeps });
    receiver.answers = [503, 200];
    await subscribe(['contact.created']);
    await createContact();
    await sim.settle();
    expect(new Set(receiver.received.map((delivery) => delivery.text)).size).toBe(1);
    expect(new Set(receiver.received.map((delivery) => delivery.headers['signature'])).size).toBe(signatures);
    expect(receiver.received).toHaveLength(2);
  });

  it('9.47 notify sends noop; a system event reaches every account', async () => {
    const id = await subscribe(['mattertype.updated']);
    await sim.api('POST', `/webhooks/${id}/notify`);
    await sim.connect('us', 'grace.okafor@lakesidelegal.example');
    await subscribe(['mattertype.updated']);
    await sim.control('POST', '/us/system-event', { payload: { id: 'x' } });
    await sim.settle();
    expect(receiver.types()).toEqual(['noop', 'mattertype.updated', 'mattertype.updated']);
    expect(receiver.received[1]?.body['accountId']).toBe('00000000-0000-0000-0000-000000000000');
  });

  it('9.48 error events go only to those who asked for them', async () => {
    await subscribe(['matter.created']);
    const body = { clientIds: ['00000000-0000-4000-8000-000000000000'], matterTypeId: 'x', status: 'Open' };
    await sim.api('POST', '/matters', { body });
    await sim.settle();
    expect(receiver.types()).toEqual([]);
  });

  it('events of one firm never reach another firm', async () => {
    await subscribe(['contact.created']);
    await sim.connect('us', 'grace.okafor@lakesidelegal.example');
    await createContact();
    await sim.settle();
    expect(receiver.types()).toEqual([]);
  });
});
