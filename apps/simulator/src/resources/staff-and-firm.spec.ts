import { GRACE, Receiver, SimulatorUnderTest, TOM, type Json } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('changing staff, users and the firm', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;

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
    const families = ['staff.created', 'staff.updated', 'firm.updated', 'firmuser.updated'];
    const eventTypes = [...families, 'user.registered', 'user.unregistered', 'error'];
    await sim.api('POST', '/webhooks', { body: { eventTypes, eventNotificationUrl: receiver.url } });
    receiver.received.length = 0;
  });

  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;
  const told = async (): Promise<unknown[]> => {
    await sim.settle();
    return receiver.types();
  };

  it('a new staff member is accepted, then visible, and told', async () => {
    await sim.switches({ visibility_ms: 500 });
    const phone = { areaCode: '617', number: '5550123' };
    const body = { firstName: 'Ines', lastName: 'Vega', email: 'ines@harborpine.example', role: 'Attorney', phone };
    const made = await sim.api('POST', '/staff', { body });
    expect(made.status).toBe(202);
    const path = `/staff/${String(made.body['id'])}`;
    expect((await sim.api('GET', path)).status).toBe(404);
    expect(await told()).toEqual(['staff.created']);
    expect(await read(path)).toMatchObject({ ...body, former: false, enabled: true });
    const { list } = await sim.api('GET', '/staff?Search=email:ines@harborpine.example');
    expect(list.map((staff) => staff['id'])).toEqual([made.body['id']]);
  });

  it('PUT replaces all but the hourly rate', async () => {
    const tom = (await sim.api('GET', '/staff?Search=name:tom*&Fields=rate')).list[0];
    const path = `/staff/${String(tom?.['id'])}`;
    await sim.api('PUT', path, { body: { firstName: 'Thomas', lastName: 'Jones', role: 'Partner' } });
    const now = await read(path);
    expect(now).toMatchObject({ firstName: 'Thomas', role: 'Partner', rate: tom?.['rate'], userId: tom?.['userId'] });
    expect(now['email']).toBeUndefined();
    expect(await told()).toEqual(['staff.updated']);
  });

  it('DELETE makes a former member, who can no longer sign in', async () => {
    const anna = (await sim.api('GET', '/staff?Search=name:anna*')).list[0];
    expect((await sim.api('DELETE', `/staff/${String(anna?.['id'])}`)).status).toBe(202);
    expect(await read(`/staff/${String(anna?.['id'])}`)).toMatchObject({ former: true, enabled: false });
    expect(await read(`/firmusers/${String(anna?.['id'])}`)).toMatchObject({ isFormerUser: true });
    expect(await told()).toEqual(['staff.updated', 'firmuser.updated', 'user.unregistered']);
    const users = (await sim.firm())['users'] ?? [];
    expect(users.find((user) => user['staffId'] === anna?.['id'])).toMatchObject({ isFormerUser: true });
  });

  it('a user is made, joined to a staff member, and taken away again', async () => {
    const body = { email: 'new@harborpine.example', password: 'Long-enough-1' };
    const user = await sim.api('POST', '/users', { body });
    expect(user.status).toBe(202);
    const userId = String(user.body['id']);
    expect(await read(`/users/${userId}`)).toMatchObject({ userId, email: body.email });
    expect((await sim.api('GET', '/firmusers')).list.map((known) => known['userId'])).not.toContain(userId);
    const staff = await sim.api('POST', '/staff', { body: { firstName: 'New', lastName: 'Person' } });
    const staffId = String(staff.body['id']);
    expect((await sim.api('PUT', `/firmusers/${userId}`, { body: { userId, staffId } })).status).toBe(202);
    expect((await sim.api('GET', '/firmusers')).list).toContainEqual(expect.objectContaining({ userId, staffId }));
    expect(await read(`/staff/${staffId}`)).toMatchObject({ userId });
    expect((await sim.api('POST', `/users/${userId}/invite`, { body: { email: body.email } })).status).toBe(202);
    expect((await sim.api('DELETE', `/firmusers/${staffId}`)).status).toBe(202);
    expect(await read(`/firmusers/${userId}`)).toMatchObject({ isFormerUser: true });
    expect(await read(`/staff/${staffId}`)).toMatchObject({ former: true, enabled: false });
    expect(await told()).toEqual(
      expect.arrayContaining(['user.registered', 'staff.created', 'firmuser.updated', 'user.unregistered']),
    );
  });

  it('DELETE of a user takes the access and leaves the person as a former member', async () => {
    const anna = (await sim.api('GET', '/staff?Search=name:anna*')).list[0];
    const answer = await sim.api('DELETE', `/users/${String(anna?.['userId'])}`);
    expect(answer.status).toBe(202);
    expect(answer.body['id']).toBe(anna?.['userId']);
    expect(await read(`/staff/${String(anna?.['id'])}`)).toMatchObject({ former: true, enabled: false });
    expect(await told()).toEqual(['firmuser.updated', 'user.unregistered']);
  });

  it('the firm is changed where members are given', async () => {
    const before = await read('/firm');
    const streetAddress = { addressLine1: '1 New Street', city: 'Boston', state: 'MA', zipCode: '02110' };
    const body = { name: 'Harbor, Pine & Vega LLP', streetAddress, status: { status: 'Warning' } };
    expect((await sim.api('PUT', '/firm', { body })).status).toBe(202);
    const now = await read('/firm');
    expect(now).toMatchObject({ id: before['id'], name: body.name, streetAddress, status: { status: 'Warning' } });
    expect(now['mailingAddress']).toEqual(before['mailingAddress']);
    expect(now['versionId']).not.toBe(before['versionId']);
    expect(await told()).toEqual(['firm.updated']);
  });

  it.each([
    ['a staff member for an unknown user', 'POST', '/staff', { lastName: 'X', userId: UNKNOWN }, 'Staff'],
    ['a second user with the same address', 'POST', '/users', { email: TOM.toUpperCase() }, 'User'],
  ])('%s is accepted and told later', async (_name, method, path, body, resourceName) => {
    const answer = await sim.api(method, path, { body });
    expect(answer.status).toBe(202);
    expect(await told()).toEqual(['error']);
    const resourceId = answer.body['id'];
    expect(receiver.received[0]?.body['payload']).toMatchObject({ resourceName, resourceId });
    expect((await sim.api('GET', `${path}/${String(resourceId)}`)).status).toBe(404);
  });

  it.each([
    ['PUT', `/staff/${UNKNOWN}`, { lastName: 'X' }, 404],
    ['DELETE', `/staff/${UNKNOWN}`, undefined, 404],
    ['PUT', `/firmusers/${UNKNOWN}`, {}, 404],
    ['DELETE', `/users/${UNKNOWN}`, undefined, 404],
    ['POST', `/users/${UNKNOWN}/invite`, { email: 'a@b.example' }, 404],
    ['POST', '/users', {}, 400],
    ['POST', '/users', { email: 'nobody' }, 400],
    ['POST', '/users', { email: 'a@b.example', password: 'short' }, 400],
    ['PUT', '/firm', { status: { status: 'Gone' } }, 400],
    ['PUT', '/firm', { addOnIds: ['ADD001'] }, 400],
    ['POST', '/staff', { phone: '6175550123' }, 400],
  ])('%s %s %j: refused with %d', async (method, path, body, status) => {
    expect((await sim.api(method, path, { body })).status).toBe(status);
  });

  it('another firm’s people are not ours to change', async () => {
    const tom = (await sim.api('GET', '/staff?Search=name:tom*')).list[0];
    await sim.connect('us', GRACE);
    expect((await sim.api('PUT', `/staff/${String(tom?.['id'])}`, { body: { lastName: 'X' } })).status).toBe(403);
    expect((await sim.api('DELETE', `/users/${String(tom?.['userId'])}`)).status).toBe(403);
  });
});
