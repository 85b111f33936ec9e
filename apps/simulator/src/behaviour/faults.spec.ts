import { PARTNER, Receiver, SimulatorUnderTest } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';

describe('faults and the control plane', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  beforeAll(async () => {
    [sim, receiver] = [await SimulatorUnderTest.start(), await Receiver.start()];
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(() => sim.begin());

  const contacts = async (): Promise<number> => (await sim.firm())['contacts']?.length ?? -1;
  const person = { body: { person: { firstName: 'Once', lastName: 'Only' } } };

  it.each([400, 401, 403, 404, 429, 500, 503])('9.15 status %i for one route, as often as asked', async (status) => {
    await sim.control('POST', '/faults', {
      tenant: 'us',
      route: 'GET /contacts/{anything}',
      fault: { status },
      count: 1,
    });
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    const [first, second] = [
      await sim.api('GET', `/contacts/${UNKNOWN}`),
      await sim.api('GET', `/contacts/${UNKNOWN}`),
    ];
    expect([first.status, first.text !== second.text || status === 404, second.status]).toEqual([status, true, 404]);
  });

  it('9.15 a write that is answered 500 is not done', async () => {
    const before = await contacts();
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { status: 500 }, count: 1 });
    expect((await sim.api('POST', '/contacts', person)).status).toBe(500);
    expect(await contacts()).toBe(before);
  });

  it('9.15 * is every route of every tenant, the token endpoint and the storage too', async () => {
    await sim.control('POST', '/faults', { id: 'down', route: '*', fault: { status: 503 } });
    expect((await sim.api('GET', '/firm')).status).toBe(503);
    expect((await sim.api('GET', '/firm', { tenant: 'au' })).status).toBe(503);
    expect((await sim.exchange('us', {})).status).toBe(503);
    expect((await sim.raw('PUT', '/us/s3/x', 'x')).status).toBe(503);
    await sim.control('DELETE', '/faults/down');
    expect((await sim.api('GET', '/firm')).status).toBe(200);
  });

  it('9.15 a fault of one tenant leaves the others alone', async () => {
    await sim.control('POST', '/faults', { tenant: 'au', route: '*', fault: { status: 503 } });
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    expect((await sim.api('GET', '/firm', { tenant: 'au' })).status).toBe(503);
  });

  it('9.15 slow', async () => {
    await sim.control('POST', '/faults', { route: 'GET /firm', fault: { delay_ms: 120 }, count: 1 });
    const startedMs = performance.now();
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThan(110);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('9.15 a connection reset %s the commit', async (reset, more) => {
    const before = await contacts();
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { reset }, count: 1 });
    await expect(sim.api('POST', '/contacts', person)).rejects.toThrow();
    expect(await contacts()).toBe(before + more);
    expect((await sim.api('POST', '/contacts', person)).status).toBe(202);
    expect(await contacts()).toBe(before + more + 1);
  });

  it('9.15 hang: no answer, and nothing is done', async () => {
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { hang: true }, count: 1 });
    const before = await contacts();
    const call = fetch(`${sim.base}/us/api/contacts`, {
      method: 'POST',
      headers: { 'x-api-key': PARTNER.api_key, authorization: `Bearer ${sim.token}` },
      body: '{"person":{}}',
      signal: AbortSignal.timeout(150),
    });
    await expect(call).rejects.toThrow();
    expect(await contacts()).toBe(before);
  });

  it('9.15 a write is accepted, and an error event is all that comes of it', async () => {
    const eventTypes = ['error', 'contact.created'];
    await sim.api('POST', '/webhooks', { body: { eventTypes, eventNotificationUrl: receiver.url } });
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { async_error: 'made up' }, count: 1 });
    const before = await contacts();
    const made = await sim.api('POST', '/contacts', { ...person, headers: { RequestId: 'lost' } });
    await sim.settle();
    expect([made.status, await contacts()]).toEqual([202, before]);
    expect(receiver.types()).toEqual(['error']);
    expect(receiver.received[0]?.headers['requestid']).toBe('lost');
    const payload = { message: 'made up', resourceName: 'Contact', resourceId: made.body['id'] };
    expect(receiver.received[0]?.body['payload']).toEqual(payload);
  });

  it('operations that are not simulated answer 501 with their name', async () => {
    const answer = await sim.api('GET', `/matters/${UNKNOWN}/invoices`);
    expect([answer.status, answer.body]).toEqual([501, { message: 'not simulated: GET /matters/{matterId}/invoices' }]);
  });

  it('the control plane records calls, with bodies on request', async () => {
    await sim.api('POST', '/contacts', { body: { person: { firstName: 'Seen' } }, headers: { RequestId: 'r-1' } });
    const all = await sim.control('GET', '/requests?since=0&tenant=us');
    const last = all.list[all.list.length - 1];
    expect(last).toMatchObject({
      method: 'POST',
      template: '/contacts',
      status: 202,
      request_id: 'r-1',
      client_id: 'partner',
    });
    expect(last).not.toHaveProperty('request_body');
    const later = await sim.control('GET', `/requests?since=${Number(last?.['seq']) - 1}&bodies=1`);
    expect(later.list).toHaveLength(1);
    expect(String(later.list[0]?.['request_body'])).toContain('Seen');
  });

  it.each([
    ['an unknown switch', 'PATCH', '/switches', { nonsense: 1 }],
    ['a switch of the wrong kind', 'PATCH', '/switches', { auto_approve: 'yes' }],
    ['a word that a switch does not know', 'PATCH', '/switches', { phone_search: 'fuzzy' }],
    ['a probability above 1', 'PATCH', '/switches', { drop_p: 1.5 }],
    ['a moment that is none', 'PATCH', '/switches', { frozen_at: 'yesterday' }],
    ['a behaviour that there is not', 'PATCH', '/switches', { off: [49] }],
    ['a behaviour that is no number', 'PATCH', '/switches', { off: ['17'] }],
    ['a bad fault', 'POST', '/faults', { route: '*', fault: { reset: 'sometimes' } }],
    ['a clock that goes back', 'POST', '/clock', { advance_ms: -1 }],
    ['a seed for one tenant', 'POST', '/reset', { tenant: 'us', seed: 3 }],
    ['an unknown switch at a reset', 'POST', '/reset', { switches: { nonsense: 1 } }],
  ])('%s is refused and changes nothing', async (_name, method, path, body) => {
    const before = (await sim.control('GET', '/switches')).text;
    expect((await sim.control(method, path, body)).status).toBe(400);
    expect((await sim.control('GET', '/switches')).text).toBe(before);
    expect((await sim.api('GET', '/firm')).status).toBe(200);
  });

  it('a reset seeds the same ids again and forgets the rest; connections may be kept', async () => {
    const ids = async () => (await sim.firm())['contacts']?.map((contact) => contact['id']);
    const before = await ids();
    await sim.api('POST', '/contacts', { body: { person: { firstName: 'Gone' } } });
    await sim.control('POST', '/reset', { tenant: 'us', keep_connections: true });
    expect(await ids()).toEqual(before);
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    await sim.control('POST', '/reset', {});
    expect((await sim.api('GET', '/firm')).status).toBe(401);
  });
});
