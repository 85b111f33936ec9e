import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('folders and the list of files', () => {
  let sim: SimulatorUnderTest;
  let documents: string;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(async () => {
    await sim.begin();
    documents = `/matters/${String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id'])}/documents`;
  });

  const open = async (body: Json): Promise<string> =>
    String((await sim.api('POST', `${documents}/files`, { body })).body['fileId']);
  const make = async (body: Json): Promise<string> =>
    String((await sim.api('POST', `${documents}/folders`, { body })).body['id']);
  const idsIn = (node: Json | undefined, kind: 'folders' | 'files'): unknown[] =>
    (node?.[kind] as Json[]).map((entry) => entry['id']);

  it('9.40 folders are a tree with one root node; the same name twice makes two', async () => {
    const [a, b] = [await make({ name: 'Same' }), await make({ name: 'Same' })];
    const inner = await make({ name: 'Inner', parentFolderId: a });
    const [atRoot, inside] = [
      await open({ fileName: 'root.txt' }),
      await open({ fileName: 'in.txt', folderId: inner }),
    ];
    expect(a).not.toBe(b);
    const root = (await sim.api('GET', `${documents}/folders`)).list;
    expect(root).toHaveLength(1);
    expect(root[0]).not.toHaveProperty('id');
    expect([idsIn(root[0], 'folders'), idsIn(root[0], 'files')]).toEqual([[a, b], [atRoot]]);
    const node = await sim.api('GET', `${documents}/folders/${inner}`);
    expect(node.body).toMatchObject({ parentId: a, name: 'Inner' });
    expect([idsIn(node.list[0], 'folders'), idsIn(node.list[0], 'files')]).toEqual([[], [inside]]);
  });

  it('9.40 a file at the root has no folder, another one a Link to it', async () => {
    const folder = await make({ name: 'In' });
    const read = async (id: string) => (await sim.api('GET', `${documents}/files/${id}`)).body;
    expect(await read(await open({ fileName: 'a.txt' }))).not.toHaveProperty('folder');
    const inside = await read(await open({ fileName: 'b.txt', folderId: folder }));
    expect([inside['folder'], 'folderId' in inside]).toEqual([expect.objectContaining({ id: folder }), false]);
  });

  it('9.40 folderPath makes what is missing, and the path is told from the root down', async () => {
    const same = await make({ name: 'Same' });
    const file = await open({ fileName: 'deep.txt', folderPath: 'Same/Inner/Deep' });
    const { body } = await sim.api('GET', `${documents}/files/${file}`);
    const path = await sim.api('GET', `${documents}/folders/${String((body['folder'] as Json)['id'])}/path`);
    expect(path.list.map((segment) => segment['name'])).toEqual(['Same', 'Inner', 'Deep']);
    expect(path.list[0]?.['id']).toBe(same);
  });

  it('9.41 a cursor lists what changed since, whatever sort and search say', async () => {
    const [first, second] = [await open({ fileName: 'one.txt' }), await open({ fileName: 'two.txt' })];
    const since = async (cursor: string, more = ''): Promise<{ ids: unknown[]; next: string }> => {
      const answer = await sim.api('GET', `${documents}/files?Cursor=${cursor}${more}`);
      const next = answer.body['next'] as Json | undefined;
      const cursorOfNext = /[?&]Cursor=([^&]*)/.exec(String(next?.['href']))?.[1];
      return { ids: answer.list.map((file) => file['id']), next: cursorOfNext ?? 'none' };
    };
    const begin = Buffer.from('files:0').toString('base64url');
    const all = await since(begin);
    expect([all.ids, all.next]).toEqual([[first, second], expect.not.stringMatching('none')]);
    expect((await since(all.next)).ids).toEqual([]);
    const half = await since(begin, '&Limit=1');
    expect([half.ids, (await since(half.next)).ids]).toEqual([[first], [second]]);
    await sim.api('PATCH', `${documents}/files/${second}`, { body: { fileName: 'three.txt' } });
    await sim.api('DELETE', `${documents}/files/${first}`);
    const later = await since(all.next, '&Search=query:nothing&Sort=desc(dateCreated)');
    expect(later.ids).toEqual([second, first]);
    expect((await sim.api('GET', `${documents}/files?Cursor=rubbish`)).status).toBe(400);
  });

  it('9.41 without a cursor sort and search hold', async () => {
    const [one, two] = [await open({ fileName: 'one.txt' }), await open({ fileName: 'two.pdf' })];
    const list = async (query: string) =>
      (await sim.api('GET', `${documents}/files?${query}`)).list.map((file) => file['id']);
    expect([await list('Search=query:tw'), await list('Search=fileExtension:txt')]).toEqual([[two], [one]]);
    expect(await list('Sort=desc(dateCreated)&Limit=1')).toEqual([two]);
  });
});
