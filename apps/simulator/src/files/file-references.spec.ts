import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('references of files', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let documents: string;
  let elsewhere: string;
  let account: string;
  let foreignUser: string;

  beforeAll(async () => {
    [sim, receiver] = [await SimulatorUnderTest.start(), await Receiver.start()];
  });
  afterAll(async () => {
    await receiver.close();
    await sim.close();
  });
  beforeEach(async () => {
    await sim.begin();
    const body = { eventTypes: ['files.updated', 'error'], eventNotificationUrl: receiver.url };
    await sim.api('POST', '/webhooks', { body });
    const matters = (await sim.api('GET', '/matters?Limit=2')).list.map((matter) => String(matter['id']));
    documents = `/matters/${matters[0]}/documents`;
    const other = await sim.api('POST', `/matters/${matters[1]}/documents/folders`, { body: { name: 'Other' } });
    elsewhere = String(other.body['id']);
    account = await sim.accountId();
    foreignUser = String((await sim.firm(1))['users']?.[0]?.['userId']);
    await sim.settle();
    receiver.received.length = 0;
  });

  const wrong: [string, () => Json, () => string][] = [
    ['an unknown folder', () => ({ folderId: 'zz' }), () => 'Folder zz was not found.'],
    ['a folder of another matter', () => ({ folderId: elsewhere }), () => `Folder ${elsewhere} was not found.`],
    ['an unknown user', () => ({ userId: UNKNOWN }), () => `User ${UNKNOWN} does not belong to account ${account}.`],
    [
      'a user of another firm',
      () => ({ userId: foreignUser }),
      () => `User ${foreignUser} does not belong to account ${account}.`,
    ],
    [
      'an unknown user, with a path of new folders',
      () => ({ userId: UNKNOWN, folderPath: 'New/Newer' }),
      () => `User ${UNKNOWN} does not belong to account ${account}.`,
    ],
  ];

  it.each(wrong)(
    '9.18 a new file with %s is accepted, told later, and nothing is made',
    async (_name, more, message) => {
      const answer = await sim.api('POST', `${documents}/files`, { body: { fileName: 'a.pdf', ...more() } });
      expect(answer.status).toBe(202);
      const { fileId, uploadUrl } = answer.body;
      await sim.raw('PUT', String(uploadUrl), Buffer.from('x'), { 'content-type': '' });
      await sim.settle();
      expect(receiver.received.map(({ body }) => [body['type'], body['payload']])).toEqual([
        ['error', { message: message(), resourceName: 'File', resourceId: fileId }],
      ]);
      expect((await sim.api('GET', `${documents}/files/${String(fileId)}`)).status).toBe(404);
      const [root] = (await sim.api('GET', `${documents}/folders`)).list;
      expect([root?.['folders'], root?.['files']]).toEqual([[], []]);
    },
  );

  it.each(wrong)('9.18 with sync_checks: all a new file with %s is a 400', async (_name, more, message) => {
    await sim.switches({ sync_checks: 'all' });
    const answer = await sim.api('POST', `${documents}/files`, { body: { fileName: 'a.pdf', ...more() } });
    expect([answer.status, answer.body['detail']]).toEqual([400, message()]);
    await sim.settle();
    const [root] = (await sim.api('GET', `${documents}/folders`)).list;
    expect([root?.['folders'], root?.['files'], receiver.types()]).toEqual([[], [], []]);
  });

  const edits = wrong.slice(0, 4).flatMap(([name, more, message]) => {
    return (['PUT', 'PATCH'] as const).map((method) => [method, name, more, message] as const);
  });
  it.each(edits)(
    '9.18 %s with %s is accepted, told later, and changes nothing',
    async (method, _name, more, message) => {
      const made = await sim.api('POST', `${documents}/files`, { body: { fileName: 'a.pdf' } });
      const file = `${documents}/files/${String(made.body['fileId'])}`;
      const before = (await sim.api('GET', file)).body;
      const answer = await sim.api(method, file, { body: { fileName: 'b.pdf', ...more() } });
      expect(answer.status).toBe(202);
      await sim.settle();
      expect(receiver.received.map(({ body }) => [body['type'], body['payload']])).toEqual([
        ['error', { message: message(), resourceName: 'File', resourceId: made.body['fileId'] }],
      ]);
      expect((await sim.api('GET', file)).body).toEqual(before);
    },
  );

  it('a bulk with one wrong file makes the others', async () => {
    const body = [{ fileName: 'a.pdf' }, { fileName: 'b.pdf', folderId: 'zz' }, { fileName: 'c.pdf' }];
    expect((await sim.api('POST', `${documents}/files/bulk`, { body })).status).toBe(202);
    await sim.settle();
    expect((await sim.api('GET', `${documents}/files`)).list.map((file) => file['name'])).toEqual(['a', 'c']);
    expect(receiver.types()).toEqual(['error']);
  });

  it('a user of the firm becomes the owner, and stays it when an edit does not name one', async () => {
    const users = ((await sim.firm())['users'] ?? []).map((user) => String(user['userId']));
    const body = { fileName: 'a.pdf', userId: users[1] };
    const made = await sim.api('POST', `${documents}/files`, { body });
    const file = `${documents}/files/${String(made.body['fileId'])}`;
    expect((await sim.api('GET', file)).body['ownerId']).toBe(users[1]);
    await sim.api('PATCH', file, { body: { fileName: 'b.pdf' } });
    expect((await sim.api('GET', file)).body).toMatchObject({ name: 'b', ownerId: users[1] });
    await sim.api('PATCH', file, { body: { fileName: 'b.pdf', userId: users[0] } });
    expect((await sim.api('GET', file)).body['ownerId']).toBe(users[0]);
    await sim.settle();
    expect(receiver.types()).not.toContain('error');
  });
});
