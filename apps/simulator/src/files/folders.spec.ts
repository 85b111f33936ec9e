import { Receiver, SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('folders and previews', () => {
  let sim: SimulatorUnderTest;
  let receiver: Receiver;
  let documents: string;

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
    const body = { eventTypes: ['files.updated', 'error'], eventNotificationUrl: receiver.url };
    await sim.api('POST', '/webhooks', { body });
    documents = `/matters/${String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id'])}/documents`;
    receiver.received.length = 0;
  });

  const folder = async (name: string, parentFolderId?: string): Promise<string> => {
    const made = await sim.api('POST', `${documents}/folders`, { body: { name, parentFolderId } });
    expect(made.status).toBe(202);
    return String(made.body['id']);
  };
  const names = async (path: string, kind: 'folders' | 'files' = 'folders'): Promise<unknown[]> => {
    const node = (await sim.api('GET', `${documents}/folders${path}`)).list[0] as Record<string, Json[]>;
    return (node[kind] ?? []).map((entry) => entry['name']);
  };
  const history = async (id: string): Promise<Json[]> =>
    (await sim.api('GET', `${documents}/folders/${id}/history`)).list as Json[];

  it('the history tells who made, renamed, moved and deleted a folder', async () => {
    const [a, b] = [await folder('A'), await folder('B')];
    await sim.api('PUT', `${documents}/folders/${b}`, { body: { name: 'Bee', parentFolderId: a } });
    await sim.api('DELETE', `${documents}/folders/${b}`);
    const entries = await history(b);
    expect(entries).toMatchObject([
      { changeType: 'Create', type: 'Folder', folder: { id: b } },
      { changeType: 'Rename', oldName: 'B', newName: 'Bee' },
      { changeType: 'Move', newFolderId: a },
      { changeType: 'Delete' },
    ]);
    for (const entry of entries)
      expect(entry).toMatchObject({ userId: expect.any(String), timestamp: expect.any(String) });
  });

  it('PUT without a parent moves to the root, PATCH without one leaves it where it is', async () => {
    const a = await folder('A');
    const [b, c] = [await folder('B', a), await folder('C', a)];
    await sim.api('PUT', `${documents}/folders/${b}`, { body: { name: 'B' } });
    await sim.api('PATCH', `${documents}/folders/${c}`, { body: { name: 'Sea' } });
    expect(await names('')).toEqual(['A', 'B']);
    expect(await names(`/${a}`)).toEqual(['Sea']);
    const path = await sim.api('GET', `${documents}/folders/${c}/path`);
    expect(path.list.map(({ name, depth }) => [name, depth])).toEqual([
      ['A', 1],
      ['Sea', 2],
    ]);
  });

  it('what is in a deleted folder is deleted too, and a file put there later gets a new folder of that name', async () => {
    const a = await folder('A');
    const inner = await folder('Inner', a);
    const slot = await sim.api('POST', `${documents}/files`, { body: { fileName: 'deep.pdf', folderId: inner } });
    const file = `${documents}/files/${String(slot.body['fileId'])}`;
    await sim.settle();
    receiver.received.length = 0;
    expect((await sim.api('DELETE', `${documents}/folders/${a}`)).status).toBe(202);
    await sim.settle();
    expect((await sim.api('GET', file)).body).toMatchObject({ isDeleted: true });
    expect((await history(inner)).map((entry) => entry['changeType'])).toEqual(['Create', 'Delete']);
    expect(receiver.types()).toEqual(['files.updated']);
    expect(await names('')).toEqual([]);
    await sim.api('POST', `${documents}/files`, { body: { fileName: 'late.pdf', folderId: inner } });
    expect(await names('')).toEqual(['A']);
  });

  const UNKNOWN = '00000000-0000-4000-8000-000000000000';
  it('an unknown parent, and a folder inside itself, are accepted and told later', async () => {
    const a = await folder('A');
    const b = await folder('B', a);
    const wrong = [
      ['POST', `${documents}/folders`, { name: 'X', parentFolderId: UNKNOWN }],
      ['PUT', `${documents}/folders/${a}`, { name: 'A', parentFolderId: b }],
      ['PUT', `${documents}/folders/${a}`, { name: 'A', parentFolderId: a }],
    ] as const;
    for (const [method, path, body] of wrong) expect((await sim.api(method, path, { body })).status).toBe(202);
    await sim.settle();
    expect(receiver.received.map(({ body }) => body['payload'])).toMatchObject([
      { resourceName: 'Folder', message: `Folder ${UNKNOWN} was not found.` },
      { resourceName: 'Folder', resourceId: a, message: 'A folder cannot be moved into itself.' },
      { resourceName: 'Folder', resourceId: a },
    ]);
    expect(await names('')).toEqual(['A']);
  });

  it.each([
    ['PUT', {}, 400],
    ['PATCH', { name: 'x'.repeat(257) }, 400],
    ['PUT', { name: 7 }, 400],
  ])('%s %j: refused', async (method, body, status) => {
    const a = await folder('A');
    expect((await sim.api(method, `${documents}/folders/${a}`, { body })).status).toBe(status);
  });

  it('a file has a preview from its first upload on, of each of its versions', async () => {
    const slot = await sim.api('POST', `${documents}/files`, { body: { fileName: 'letter.txt' } });
    const file = `${documents}/files/${String(slot.body['fileId'])}`;
    expect((await sim.api('POST', `${file}/preview`)).status).toBe(404);
    expect((await sim.api('GET', `${file}/preview`)).status).toBe(404);
    const upload = async (text: string): Promise<void> => {
      const { body } = await sim.api('GET', `${file}/upload`);
      await sim.raw('PUT', String(body['uploadUrl']), Buffer.from(text), { 'content-type': '' });
      await sim.settle();
    };
    await upload('one');
    const asked = await sim.api('POST', `${file}/preview`);
    expect(asked.status).toBe(202);
    await upload('two');
    const shown = (await sim.api('GET', `${file}/preview`)).body;
    expect((await sim.raw('GET', String(shown['downloadUrl']))).text).toBe('two');
    const first = await sim.api('GET', `${file}/preview/${String(asked.body['documentVersionId'])}`);
    expect((await sim.raw('GET', String(first.body['downloadUrl']))).text).toBe('one');
    expect((await sim.api('GET', `${file}/preview/${UNKNOWN}`)).status).toBe(404);
  });

  it('bytes for a file that was never made are forgotten, and nothing waits for them for ever', async () => {
    const fault = { route: 'POST /matters/{m}/documents/files', count: 1, fault: { async_error: 'no' } };
    await sim.control('POST', '/faults', fault);
    const slot = await sim.api('POST', `${documents}/files`, { body: { fileName: 'never.pdf' } });
    await sim.raw('PUT', String(slot.body['uploadUrl']), Buffer.from('x'), { 'content-type': '' });
    const settled = await sim.control('POST', '/settle', {});
    expect(settled.body['steps']).toBeLessThan(10);
    expect((await sim.api('GET', `${documents}/files/${String(slot.body['fileId'])}`)).status).toBe(404);
  });
});
