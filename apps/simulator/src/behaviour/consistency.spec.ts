import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const FROZEN = '2026-11-02T09:00:00Z';
const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';

describe('consistency', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let clientId: string;
  let matterTypeId: string;
  let leadTypeId: string;
  beforeAll(async () => {
    [sim, receiver] = [await SimulatorUnderTest.start(), await Receiver.start()];
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    receiver.received.length = 0;
    await sim.begin({ frozen_at: FROZEN });
    clientId = String((await sim.api('GET', '/contacts?Limit=1')).list[0]?.['id']);
    const typeOf = async (type: number): Promise<string> =>
      String((await sim.api('GET', `/mattertypes?Location=MA&Type=${type}&Name=Divorce`)).list[0]?.['id']);
    [matterTypeId, leadTypeId] = [await typeOf(0), await typeOf(1)];
  });

  const matterBody = (more: Json = {}): Json => ({ matterTypeId, clientIds: [clientId], status: 'Open', ...more });
  const subscribe = (eventTypes: string[]) =>
    sim.api('POST', '/webhooks', { body: { eventTypes, eventNotificationUrl: receiver.url } });
  const createMatter = async (more: Json = {}): Promise<string> =>
    `/matters/${String((await sim.api('POST', '/matters', { body: matterBody(more) })).body['id'])}`;

  it('9.16 the id of a 202 is final, the record comes later, and lists later still', async () => {
    await sim.switches({ visibility_ms: 1000, index_lag_ms: 500 });
    const made = await sim.api('POST', '/contacts', {
      body: { person: { firstName: 'Late', email: 'late@x.example' } },
    });
    const found = async () => (await sim.api('GET', '/contacts?Search=email:late@x.example')).body['size'];
    const path = `/contacts/${String(made.body['id'])}`;
    expect([made.status, String(made.body['href']).endsWith(path)]).toEqual([202, true]);
    expect((await sim.api('GET', path)).status).toBe(404);
    await sim.advance(1000);
    expect([(await sim.api('GET', path)).body['id'], await found()]).toEqual([made.body['id'], 0]);
    await sim.advance(500);
    expect(await found()).toBe(1);
  });

  it('9.16 the defaults are 300 to 2000 ms, and 0 to 2000 more for lists', async () => {
    await sim.control('POST', '/reset', {});
    expect((await sim.control('GET', '/switches')).body).toMatchObject({
      visibility_ms: { min: 300, max: 2000 },
      index_lag_ms: { min: 0, max: 2000 },
    });
  });

  const creations: [string, () => Promise<[path: string, read: string]>][] = [
    ['contacts', () => created('/contacts', { person: { firstName: 'x' } })],
    ['matters', () => created('/matters', matterBody())],
    ['tasks', async () => created('/tasks', { staffId: (await sim.firm())['staff']?.[0]?.['id'], subject: 'x' })],
    ['memos', async () => created(`${await createMatter()}/memos`, { title: 'x', text: 'x' })],
    ['fees', async () => created(`${await createMatter()}/fees`, { feeDate: '2026-11-02T10:00:00Z', subject: 'x' })],
    ['files', async () => created(`${await createMatter()}/documents/files`, { fileName: 'x.txt' })],
    ['folders', async () => created(`${await createMatter()}/documents/folders`, { name: 'x' })],
  ];
  const created = async (path: string, body: Json): Promise<[string, string]> => {
    const answer = await sim.api('POST', path, { body });
    return [String(answer.status), `${path}/${String(answer.body['id'] ?? answer.body['fileId'])}`];
  };

  it.each(creations)('9.16 the delay can be that of one resource only: %s', async (resource, create) => {
    await sim.switches({ visibility_by_resource: { [resource]: { min: 5000, max: 5000 } } });
    const [status, path] = await create();
    expect([status, (await sim.api('GET', path)).status]).toEqual(['202', 404]);
    await sim.advance(5000);
    expect((await sim.api('GET', path)).status).toBe(200);
  });

  it('9.17 an update shows the old version until it is applied; versions of a matter are rising ticks as text', async () => {
    const path = await createMatter();
    await sim.settle();
    const before = (await sim.api('GET', path)).body;
    await sim.switches({ visibility_ms: 1000 });
    await sim.api('PATCH', path, { body: { description: 'one', isLead: false } });
    await sim.api('PATCH', path, { body: { description: 'two', isLead: false } });
    expect((await sim.api('GET', path)).body).toEqual(before);
    await sim.settle();
    const after = (await sim.api('GET', path)).body;
    expect(after['description']).toBe('two');
    for (const version of [before['versionId'], after['versionId']]) expect(version).toMatch(/^6\d{17}$/);
    expect(BigInt(String(after['versionId']))).toBeGreaterThan(BigInt(String(before['versionId'])));
  });

  it('9.17 a contact keeps its old version too, and a delete is late as well', async () => {
    const path = `/contacts/${clientId}`;
    const before = (await sim.api('GET', path)).body;
    await sim.switches({ visibility_ms: 1000 });
    await sim.api('PUT', path, { body: { person: { firstName: 'Changed' } } });
    await sim.api('DELETE', path);
    expect((await sim.api('GET', path)).body).toEqual(before);
    await sim.settle();
    const after = (await sim.api('GET', path)).body;
    expect(after).toMatchObject({ isDeleted: true, person: { firstName: 'Changed' } });
    expect(after['versionId']).not.toBe(before['versionId']);
  });

  const lateErrors: [string, Json, string][] = [
    ['an unknown contact', { clientIds: [UNKNOWN] }, 'does not belong to account'],
    ['an unknown other side', { otherSideIds: [UNKNOWN] }, 'does not belong to account'],
    ['an unknown staff member', { personResponsibleStaffId: UNKNOWN }, 'Staff'],
    ['an unknown type', { matterTypeId: `${UNKNOWN}_MA` }, 'Matter type'],
    ['a role the type does not have', { clientRole: 'Astronaut' }, 'Role Astronaut'],
  ];

  it.each(lateErrors)('9.18 %s is a 202, and later an error event and nothing else', async (_name, change, message) => {
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

  it.each(lateErrors)('9.18 with all checks at once %s is a 400', async (_name, change) => {
    await sim.switches({ sync_checks: 'all' });
    expect((await sim.api('POST', '/matters', { body: matterBody(change) })).status).toBe(400);
    expect((await sim.api('POST', '/matters', { body: matterBody() })).status).toBe(202);
  });

  it.each([
    ['a lead without a type and a role', true, { isLead: false }],
    ['a lead without a role', true, { isLead: false, matterTypeId: 'own' }],
    ['a matter into a lead', false, { isLead: true }],
  ])('9.18 a forbidden conversion is told late: %s', async (_name, isLead, change) => {
    const path = await createMatter(isLead ? { isLead, matterTypeId: leadTypeId } : {});
    await sim.settle();
    await subscribe(['error', 'matter.converted', 'matter.updated']);
    const body = 'matterTypeId' in change ? { ...change, matterTypeId } : change;
    expect((await sim.api('PATCH', path, { body })).status).toBe(202);
    await sim.settle();
    expect(receiver.types()).toEqual(['error']);
    expect((await sim.api('GET', path)).body['isLead']).toBe(isLead);
  });

  it('9.18 what the body alone tells is a 400 in both modes', async () => {
    for (const sync_checks of ['shape', 'all']) {
      await sim.switches({ sync_checks });
      for (const change of [{ status: null }, { clientIds: 'x' }, { isLead: 'yes' }]) {
        expect((await sim.api('POST', '/matters', { body: matterBody(change) })).status).toBe(400);
      }
    }
  });

  it('9.18 a contact that is not visible yet cannot be a client', async () => {
    await subscribe(['error']);
    await sim.switches({ visibility_by_resource: { contacts: { min: 1000, max: 1000 } } });
    const early = await sim.api('POST', '/contacts', { body: { person: { firstName: 'Early' } } });
    await createMatter({ clientIds: [early.body['id']] });
    await sim.settle();
    expect(receiver.types()).toEqual(['error']);
  });

  it('9.19 a number comes late unless it was given, and the title is made of it', async () => {
    await sim.switches({ number_delay_ms: 2000 });
    const [auto, given] = [await createMatter(), await createMatter({ number: 'OWN-7' })];
    const early = (await sim.api('GET', auto)).body;
    expect([early['number'], early['title']]).toEqual([undefined, 'Maria Nguyen - Divorce']);
    expect((await sim.api('GET', given)).body['number']).toBe('OWN-7');
    await sim.advance(1999);
    expect((await sim.api('GET', auto)).body['number']).toBeUndefined();
    await sim.advance(1);
    const numbered = (await sim.api('GET', auto)).body;
    expect(String(numbered['number'])).toMatch(/^HP-\d{4}-\d{4}$/);
    expect(numbered['title']).toBe(`${String(numbered['number'])} - Maria Nguyen - Divorce`);
  });

  it('9.19 a lead has no number until it is converted, and the title cannot be written', async () => {
    await sim.switches({ number_delay_ms: 2000 });
    const path = await createMatter({ isLead: true, matterTypeId: leadTypeId, title: 'Mine' });
    await sim.advance(10_000);
    expect((await sim.api('GET', path)).body).not.toHaveProperty('number');
    expect((await sim.api('GET', path)).body['title']).toBe('Maria Nguyen - Divorce');
    await sim.api('PATCH', path, { body: { isLead: false, matterTypeId, clientRole: 'Petitioner' } });
    expect((await sim.api('GET', path)).body).not.toHaveProperty('number');
    await sim.advance(2000);
    expect((await sim.api('GET', path)).body).toHaveProperty('number');
  });

  it.each(['PUT', 'PATCH'])('9.20 %s of a fee that is not there is accepted, and fails later', async (method) => {
    await subscribe(['error', 'fee.created', 'fee.updated']);
    const fees = `${await createMatter()}/fees`;
    const body = { feeDate: '2026-11-02T10:00:00Z', subject: 'Call' };
    const headers = { RequestId: 'fee' };
    expect((await sim.api(method, `${fees}/${UNKNOWN}`, { body, headers })).status).toBe(202);
    await sim.settle();
    expect(receiver.types()).toEqual(['error']);
    expect(receiver.received[0]?.headers['requestid']).toBe('fee');
    const payload = { message: expect.any(String) as string, resourceName: 'Fee', resourceId: UNKNOWN };
    expect(receiver.received[0]?.body['payload']).toEqual(payload);
    expect((await sim.api('GET', `${fees}/${UNKNOWN}`)).status).toBe(404);
  });
});
