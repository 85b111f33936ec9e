import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';

describe('consistency', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let clientId: string;
  let matterTypeId: string;
  beforeEach(async () => {
    [sim, receiver] = [await SimulatorUnderTest.connected(), await Receiver.start()];
    clientId = String((await sim.api('GET', '/contacts?Limit=1')).list[0]?.['id']);
    matterTypeId = String((await sim.api('GET', '/mattertypes?Location=MA&Type=0&Name=Divorce')).list[0]?.['id']);
  });
  afterEach(async () => {
    await sim.close();
    await receiver.close();
  });

  const matterBody = (more: Json = {}): Json => ({ matterTypeId, clientIds: [clientId], status: 'Open', ...more });
  const subscribe = (eventTypes: string[]) =>
    sim.api('POST', '/webhooks', { body: { eventTypes, eventNotificationUrl: receiver.url } });

  it('9.16 the id of a 202 is final, the record comes later, and lists later still', async () => {
    await sim.switches({ visibility_ms: 1000, index_lag_ms: 500 });
    const made = await sim.api('POST', '/contacts', {
      body: { person: { firstName: 'Late', email: 'late@x.example' } },
    });
    expect(made.status).toBe(202);
    const path = `/contacts/${String(made.body['id'])}`;
    expect((await sim.api('GET', path)).status).toBe(404);
    await sim.advance(1000);
    expect((await sim.api('GET', path)).status).toBe(200);
    expect((await sim.api('GET', '/contacts?Search=email:late@x.example')).body['size']).toBe(0);
    await sim.advance(500);
    expect((await sim.api('GET', '/contacts?Search=email:late@x.example')).body['size']).toBe(1);
  });

  it('9.16 delays can differ per resource', async () => {
    await sim.switches({ visibility_by_resource: { matters: { min: 5000, max: 5000 } } });
    const contact = await sim.api('POST', '/contacts', { body: { person: { firstName: 'Now' } } });
    const matter = await sim.api('POST', '/matters', { body: matterBody() });
    expect((await sim.api('GET', `/contacts/${String(contact.body['id'])}`)).status).toBe(200);
    expect((await sim.api('GET', `/matters/${String(matter.body['id'])}`)).status).toBe(404);
  });

  it('9.17 an update shows the old version until it is applied; versions of a matter are rising ticks as text', async () => {
    const path = `/matters/${String((await sim.api('POST', '/matters', { body: matterBody() })).body['id'])}`;
    await sim.settle();
    const before = (await sim.api('GET', path)).body;
    await sim.switches({ visibility_ms: 1000 });
    await sim.api('PATCH', path, { body: { description: 'one', isLead: false } });
    await sim.api('PATCH', path, { body: { description: 'two', isLead: false } });
    expect((await sim.api('GET', path)).body['versionId']).toBe(before['versionId']);
    await sim.settle();
    const after = (await sim.api('GET', path)).body;
    expect([after['description'], typeof after['versionId']]).toEqual(['two', 'string']);
    expect(BigInt(String(after['versionId']))).toBeGreaterThan(BigInt(String(before['versionId'])));
  });

  it.each([
    ['an unknown contact', { clientIds: [UNKNOWN] }, 'does not belong to account'],
    ['an unknown staff member', { personResponsibleStaffId: UNKNOWN }, 'Staff'],
    ['an unknown type', { matterTypeId: `${UNKNOWN}_MA` }, 'Matter type'],
    ['a role the type does not have', { clientRole: 'Astronaut' }, 'Role Astronaut'],
  ])('9.18 %s is a 202 and later an error event', async (_name, change, message) => {
    await subscribe(['error', 'matter.created']);
    const made = await sim.api('POST', '/matters', { body: matterBody(change), headers: { RequestId: 'ours' } });
    expect(made.status).toBe(202);
    await sim.settle();
    expect(receiver.types()).toEqual(['error']);
    const [first] = receiver.received;
    expect([first?.headers['requestid'], first?.body['payload']]).toEqual([
      'ours',
      { message: expect.stringContaining(message) as string, resourceName: 'Matter', resourceId: made.body['id'] },
    ]);
    expect((await sim.api('GET', `/matters/${String(made.body['id'])}`)).status).toBe(404);
  });

  it('9.18 with all checks at once the same is a 400', async () => {
    await sim.switches({ sync_checks: 'all' });
    expect((await sim.api('POST', '/matters', { body: matterBody({ clientIds: [UNKNOWN] }) })).status).toBe(400);
  });

  it('9.18 a contact that is not visible yet cannot be a client', async () => {
    await subscribe(['error']);
    await sim.switches({ visibility_by_resource: { contacts: { min: 1000, max: 1000 } } });
    const early = await sim.api('POST', '/contacts', { body: { person: { firstName: 'Early' } } });
    await sim.api('POST', '/matters', { body: matterBody({ clientIds: [early.body['id']] }) });
    await sim.settle();
    expect(receiver.types()).toEqual(['error']);
  });

  it('9.18 a fault turns one accepted write into an error event', async () => {
    await subscribe(['error', 'contact.created']);
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { async_error: 'made up' }, count: 1 });
    expect((await sim.api('POST', '/contacts', { body: { person: { firstName: 'Lost' } } })).status).toBe(202);
    await sim.settle();
    expect(receiver.received[0]?.body['payload']).toMatchObject({ message: 'made up', resourceName: 'Contact' });
  });

  it('9.19 a number comes late unless it was given; a lead has none until it is converted', async () => {
    await sim.switches({ number_delay_ms: 2000 });
    const auto = `/matters/${String((await sim.api('POST', '/matters', { body: matterBody() })).body['id'])}`;
    const given = `/matters/${String((await sim.api('POST', '/matters', { body: matterBody({ number: 'OWN-7' }) })).body['id'])}`;
    expect((await sim.api('GET', auto)).body['number']).toBeUndefined();
    expect((await sim.api('GET', given)).body['number']).toBe('OWN-7');
    await sim.advance(2000);
    const numbered = (await sim.api('GET', auto)).body;
    expect(String(numbered['number'])).toMatch(/^HP-\d{4}-\d{4}$/);
    expect(String(numbered['title'])).toContain(String(numbered['number']));
  });

  it('9.20 a change of a fee that is not there is accepted, and fails later', async () => {
    await subscribe(['error']);
    const matter = String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id']);
    const body = { feeDate: '2026-11-02T10:00:00Z', subject: 'Call' };
    for (const method of ['PUT', 'PATCH']) {
      expect((await sim.api(method, `/matters/${matter}/fees/${UNKNOWN}`, { body })).status).toBe(202);
    }
    await sim.settle();
    expect(receiver.types()).toEqual(['error', 'error']);
  });
});
