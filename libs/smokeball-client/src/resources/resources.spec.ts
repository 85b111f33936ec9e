import { Agent } from 'undici';
import type { SmokeballClient } from '../client';
import type { CallResult } from '../http/call-result';
import { json, startFakeServer, type FakeServer } from '../testing/fake-server';
import { CONTEXT, testClient } from '../testing/test-client';
import { eachPage } from './paging';
import { searchTerm } from './search-term';

const ID = '4a2e5a1c-7b3e-4f0a-9c58-0c2a6f1f8e11';

const dispatcher = new Agent();
let server: FakeServer;
let client: SmokeballClient;

beforeEach(async () => {
  server = await startFakeServer();
  client = testClient(server.url, { dispatcher }).client;
});

afterEach(() => server.close());
afterAll(() => dispatcher.destroy());

describe('queries on the wire', () => {
  const cases: readonly [string, () => Promise<CallResult<unknown>>, string][] = [
    [
      'an e-mail with a plus',
      () => client.contacts.searchByEmail('ada+law@example.com', CONTEXT),
      '/contacts?Offset=0&Limit=100&ExcludeDeletedContacts=true&Search=email%3Aada%2Blaw%40example.com',
    ],
    [
      'a phone with wildcards',
      () => client.contacts.searchByPhone('3998147', 'contains', CONTEXT),
      '/contacts?Offset=0&Limit=100&ExcludeDeletedContacts=true&Search=phone%3A*3998147*',
    ],
    [
      'statuses as a repeated key',
      () => client.matters.list({ contactId: ID, statuses: ['Open', 'Pending'], limit: 50 }, CONTEXT),
      `/matters?Offset=0&Limit=50&ContactId=${ID}&Status=Open&Status=Pending`,
    ],
    [
      'a moment without milliseconds, cut down',
      () => client.matters.list({ lastUpdated: new Date('2026-01-02T03:04:05.999Z') }, CONTEXT),
      '/matters?Offset=0&Limit=500&LastUpdated=2026-01-02T03%3A04%3A05Z',
    ],
    [
      'a page larger than allowed',
      () => client.contacts.list({ limit: 9_999, offset: -1 }, CONTEXT),
      '/contacts?Offset=0&Limit=500',
    ],
    [
      'a cursor, which shuts out order and search',
      () => client.files.list(ID, { cursor: 'a b', sort: 'asc(DateCreated)', search: ['x:y'] }, CONTEXT),
      `/matters/${ID}/documents/files?Offset=0&Limit=500&Cursor=a%20b`,
    ],
    ['a matter type with its state', () => client.matterTypes.get(`${ID}_IL`, CONTEXT), `/mattertypes/${ID}_IL`],
  ];
  it.each(cases)('%s', async (_name, call, url) => {
    await call();
    expect(server.seen[0]?.url).toBe(url);
  });
});

describe('searchTerm', () => {
  it.each([
    ['exact', 'Ada', 'name:Ada'],
    ['starts', 'Ada', 'name:Ada*'],
    ['ends', 'Ada', 'name:*Ada'],
    ['contains', 'Ada', 'name:*Ada*'],
    ['exact', '  A*d\u0000a* ', 'name:Ada'],
  ] as const)('%s %j', (match, value, expected) => {
    expect(searchTerm('name', value, match)).toBe(expected);
  });
});

describe('answers without a body', () => {
  it.each<[string, () => Promise<CallResult<unknown>>, number]>([
    ['a removed webhook', () => client.webhooks.remove('w', CONTEXT), 200],
    ['a test notification', () => client.webhooks.notify('w', CONTEXT), 200],
    ['a removed contact', () => client.contacts.remove(ID, CONTEXT), 202],
    ['a changed matter', () => client.matters.patch(ID, { isLead: false, status: 'Closed' }, CONTEXT), 204],
  ])('%s is done', async (_name, call, status) => {
    server.answer((_request, response) => void response.writeHead(status).end());
    expect(await call()).toMatchObject({ ok: true, status, data: undefined });
  });
});

describe('firm users', () => {
  const users = json(200, [{ staffId: 's', userId: 'u', isFormerUser: false }]);

  it('come as a bare list', async () => {
    server.answer(users);
    expect(await client.firmUsers.list(CONTEXT)).toMatchObject({ ok: true, data: [{ staffId: 's', userId: 'u' }] });
  });

  it.each([
    ['404', json(404, '')],
    ['an unknown address', json(403, { message: 'Missing Authentication Token' })],
  ])('are looked for at their other address after %s', async (_name, missing) => {
    server.answer(missing, users);
    expect(await client.firmUsers.list(CONTEXT)).toMatchObject({ ok: true });
    expect(server.seen.map(({ url }) => url)).toEqual(['/firmusers', '/firm/users']);
  });

  it('are not looked for elsewhere after another failure', async () => {
    server.answer(json(503, ''));
    expect(await client.firmUsers.list(CONTEXT)).toMatchObject({ ok: false, failure: { kind: 'server_error' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('folders', () => {
  it('come from the one root node', async () => {
    const value = [{ folders: [{ id: 'f', name: 'Intake' }], files: [{ id: 'x', name: 'Letter', folder: {} }] }];
    server.answer(json(200, { value }));
    expect(await client.files.folders.list(ID, undefined, CONTEXT)).toMatchObject({
      ok: true,
      data: { folders: [{ id: 'f', name: 'Intake' }], files: [{ id: 'x', folderId: undefined }] },
    });
  });
});

describe('eachPage', () => {
  const rows = (count: number): object[] => Array.from({ length: count }, (_row, index) => ({ id: `c${index}` }));

  async function pages(): Promise<readonly CallResult<unknown>[]> {
    const all: CallResult<unknown>[] = [];
    for await (const page of eachPage((asked) => client.contacts.list(asked, CONTEXT), 2)) all.push(page);
    return all;
  }

  it('goes on until a page is short, whatever the links and the total say', async () => {
    const next = { href: '/contacts?Offset=99' };
    server.answer(
      json(200, { value: rows(2), size: 2, next }),
      json(200, { value: rows(2), size: 2 }),
      json(200, { value: rows(1), size: 2, next }),
    );
    expect(await pages()).toHaveLength(3);
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/contacts?Offset=0&Limit=2',
      '/contacts?Offset=2&Limit=2',
      '/contacts?Offset=4&Limit=2',
    ]);
  });

  it('ends with an empty page', async () => {
    server.answer(json(200, { value: rows(2), size: 2 }), json(200, { size: 2 }));
    expect(await pages()).toHaveLength(2);
  });

  it('goes on when Smokeball gives smaller pages than asked for', async () => {
    server.answer(json(200, { value: rows(1), size: 2, limit: 1 }), json(200, { value: [], size: 2, limit: 1 }));
    expect(await pages()).toHaveLength(2);
    expect(server.seen[1]?.url).toBe('/contacts?Offset=1&Limit=2');
  });

  it('ends with the failure', async () => {
    server.answer(json(200, { value: rows(2), size: 9 }), json(503, ''));
    expect((await pages()).map(({ ok }) => ok)).toEqual([true, false]);
  });
});
