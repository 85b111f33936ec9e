import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';

describe('matters, matter types and staff', () => {
  let sim: SimulatorUnderTest;
  let people: string[];
  let staff: string[];
  let divorce: string;
  let lead: string;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.connected();
    people = (await sim.api('GET', '/contacts?Type=Person&Limit=5')).list.map((contact) => String(contact['id']));
    staff = (await sim.api('GET', '/staff')).list.map((person) => String(person['id']));
    divorce = String((await sim.api('GET', '/mattertypes?Location=MA&Type=0&Name=Divorce')).list[0]?.['id']);
    lead = String((await sim.api('GET', '/mattertypes?Location=MA&Type=1&Name=Divorce')).list[0]?.['id']);
  });
  afterAll(() => sim.close());

  const body = (more: Json = {}): Json => ({ matterTypeId: divorce, clientIds: [people[0]], status: 'Open', ...more });
  const create = async (more: Json = {}): Promise<string> => {
    const answer = await sim.api('POST', '/matters', { body: body(more) });
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    await sim.settle();
    return `/matters/${String(answer.body['id'])}`;
  };
  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;

  it('9.25 Search is plain "contains"; structured terms find nothing and are no error', async () => {
    const path = await create({ number: 'ABC-77', description: 'Zebra crossing', otherSideIds: [people[1]] });
    const find = async (text: string) =>
      (await sim.api('GET', `/matters?Search=${encodeURIComponent(text)}`)).list.map(
        (matter) => `/matters/${String(matter['id'])}`,
      );
    for (const text of ['abc-7', 'zebra', 'maria nguyen', 'LIAM']) expect(await find(text)).toContain(path);
    expect(await find('name:*zebra*')).toEqual([]);
  });

  it.each([
    ['no clients', { clientIds: [] }, 400],
    ['no type', { matterTypeId: null }, 400],
    ['no status', { status: null }, 400],
    ['an unknown status', { status: 'Sleeping' }, 400],
    ['identical roles', { clientRole: 'Petitioner', otherSideRole: 'Petitioner' }, 400],
    ['clientIds that is text', { clientIds: 'x' }, 400],
    ['an assistant twice', () => ({ personAssistingStaffId: staff[0], personAssistingStaffIds: [staff[0]] }), 400],
    ['split ratios that do not add up', () => split(9999), 400],
    ['a good split', () => split(5000), 202],
  ])('9.27 a matter with %s', async (_name, change, status) => {
    const more = typeof change === 'function' ? change() : change;
    expect((await sim.api('POST', '/matters', { body: body(more) })).status).toBe(status);
  });

  const split = (second: number): Json => ({
    originatingStaffIds: [staff[0], staff[1]],
    splitOriginatingStaffSettings: {
      isEnabled: true,
      splitMethod: 'UseRatio',
      splitMatterStaffs: [
        { matterStaffId: staff[0], matterStaffRatio: 5000 },
        { matterStaffId: staff[1], matterStaffRatio: second },
      ],
    },
  });

  it('9.27 misspelled members are ignored without a word', async () => {
    const matter = await read(
      await create({ dateOpened: '2020-01-01T00:00:00Z', otherSidesIds: [people[1]], nonsense: 1 }),
    );
    expect([matter['openedDate'], matter['otherSides']]).toEqual([undefined, []]);
  });

  it('9.28 PUT cannot change the clients', async () => {
    const path = await create();
    await sim.api('PUT', path, { body: body({ clientIds: [people[1]], description: 'put' }) });
    expect(await read(path)).toMatchObject({ description: 'put', clients: [{ id: people[0] }] });
  });

  it('9.28 PATCH keeps what is absent, clears null, and replaces the whole set of clients', async () => {
    const path = await create({ description: 'first', clientCode: 'cc' });
    await sim.api('PATCH', path, { body: { clientIds: [people[1], people[2]], clientCode: null, isLead: false } });
    const matter = await read(path);
    expect([matter['description'], matter['clientCode'], matter['clientIds']]).toEqual([
      'first',
      undefined,
      [people[1], people[2]],
    ]);
  });

  it('9.28 items replace by type, and not together with clients', async () => {
    const path = await create();
    const items = { Property: [{ description: 'House' }] };
    expect((await sim.api('PATCH', path, { body: { items, clientIds: [people[0]] } })).status).toBe(400);
    expect((await sim.api('PATCH', path, { body: { items } })).status).toBe(202);
    expect((await read(path))['items']).toEqual(items);
  });

  it('9.28 clientRole in PATCH only with a type', async () => {
    const path = await create();
    expect((await sim.api('PATCH', path, { body: { clientRole: 'Respondent' } })).status).toBe(400);
    expect((await sim.api('PATCH', path, { body: { clientRole: 'Respondent', matterTypeId: divorce } })).status).toBe(
      202,
    );
  });

  it('9.28 a lead converts with a matter type and a role, and gets its number then; a matter never becomes a lead', async () => {
    const path = await create({ matterTypeId: lead, isLead: true });
    expect((await read(path))['number']).toBeUndefined();
    await sim.api('PATCH', path, { body: { isLead: false } });
    await sim.settle();
    expect((await read(path))['isLead']).toBe(true);
    await sim.api('PATCH', path, { body: { isLead: false, matterTypeId: divorce, clientRole: 'Petitioner' } });
    await sim.settle();
    const converted = await read(path);
    expect([converted['isLead'], typeof converted['number']]).toEqual([false, 'string']);
    await sim.api('PATCH', path, { body: { isLead: true } });
    await sim.settle();
    expect((await read(path))['isLead']).toBe(false);
  });

  it('9.28 whether an absent isLead means false is a switch', async () => {
    const path = await create({ matterTypeId: lead, isLead: true });
    const change = { body: { matterTypeId: divorce, clientRole: 'Petitioner' } };
    await sim.switches({ omitted_is_lead_means_false: true });
    await sim.api('PATCH', path, change);
    await sim.switches({ omitted_is_lead_means_false: false });
    expect((await read(path))['isLead']).toBe(false);
  });

  it('9.29 reads have Links with rel and the flat ids too, and no nulls', async () => {
    const answer = await sim.api(
      'GET',
      await create({ personResponsibleStaffId: staff[0], otherSideIds: [people[1]] }),
    );
    expect(answer.body).toMatchObject({
      matterType: { id: divorce, name: 'Divorce', rel: 'MatterType' },
      matterTypeId: divorce,
      clients: [{ id: people[0], rel: 'Client' }],
      clientIds: [people[0]],
      otherSideIds: [people[1]],
      personResponsible: { id: staff[0] },
      personResponsibleStaffId: staff[0],
    });
    expect(answer.text).not.toContain(':null');
  });

  it('9.30 matter tags are objects; custom ones belong to the account and keep their first colour', async () => {
    const [a, b] = [await create(), await create()];
    expect((await sim.api('POST', `${a}/tags`, { body: ['text'] })).status).toBe(400);
    const post = (path: string, tags: Json[]) => sim.api('POST', `${path}/tags`, { body: tags });
    expect(
      (
        await post(a, [
          { type: 'Custom', name: 'Hot' },
          { type: 'Staff', id: staff[0] },
        ])
      ).status,
    ).toBe(201);
    await post(b, [{ type: 'Custom', name: 'hot', color: 'Light Blue' }]);
    const tags = (await sim.api('GET', `${a}/tags`)).list;
    expect(tags).toMatchObject([
      { name: 'Hot', color: 'Brown' },
      { type: 'Staff', staff: { id: staff[0] } },
    ]);
    expect((await sim.api('GET', `${b}/tags`)).list).toEqual([tags[0]]);
    const listed = (await sim.api('GET', `/matters?ContactId=${String(people[0])}&Fields=tags`)).list;
    expect(listed.some((matter) => Array.isArray(matter['tags']) && matter['tags'].length === 2)).toBe(true);
    await sim.api('DELETE', `${a}/tags/${String(tags[0]?.['id'])}`);
    expect((await sim.api('GET', `${a}/tags`)).list).toHaveLength(1);
    expect((await sim.api('GET', `${b}/tags`)).list).toHaveLength(1);
  });

  it('9.31 about 20,000 types, ids with a state, hrefs in another case, options, leads apart', async () => {
    const all = await sim.api('GET', '/mattertypes?Limit=1');
    expect(Number(all.body['size'])).toBeGreaterThan(19_000);
    const one = (await sim.api('GET', '/mattertypes?Location=IL&Type=0&Category=Real Estate&Name=refin')).list;
    expect(one).toMatchObject([
      {
        name: 'Refinance',
        type: 0,
        location: 'IL',
        representativeOptions: expect.arrayContaining(['Borrower', 'Lender']) as unknown,
      },
    ]);
    const id = String(one[0]?.['id']);
    expect(id).toMatch(/^[0-9a-f-]{36}_IL$/);
    expect(String(one[0]?.['href'])).toContain('_il');
    expect((await sim.api('GET', `/mattertypes/${id.toLowerCase()}`)).body['id']).toBe(id);
    const leads = await sim.api('GET', '/mattertypes?Location=IL&Type=1');
    expect(new Set(leads.list.map((type) => type['type']))).toEqual(new Set([1]));
    expect((await sim.api('GET', '/mattertypes?Type=2')).status).toBe(400);
  });

  it('9.32 staff with former and disabled members, null initials and an empty cell; users as a bare array, at both paths', async () => {
    const list = (await sim.api('GET', '/staff')).list;
    expect(list.some((person) => person['former'] === true)).toBe(true);
    expect(list.some((person) => person['enabled'] === false)).toBe(true);
    expect(list.some((person) => !('initials' in person))).toBe(true);
    expect(list.some((person) => JSON.stringify(person['cell']) === '{}')).toBe(true);
    expect(list.every((person) => !('rate' in person))).toBe(true);
    const users = await sim.api('GET', '/firmusers');
    expect(Array.isArray(users.body)).toBe(true);
    expect((await sim.api('GET', '/firm/users')).body).toEqual(users.body);
    const [first] = users.list;
    expect((await sim.api('GET', `/firmusers/${String(first?.['staffId'])}`)).body).toEqual(first);
  });

  it('9.33 ContactId with several Status, and the default leaves leads out', async () => {
    const statuses = (await sim.api('GET', '/matters')).list.map((matter) => matter['status']);
    expect(new Set(statuses)).toEqual(new Set(['Open', 'Pending', 'Closed', 'Cancelled', 'Deleted']));
    const query = `ContactId=${String(people[0])}&Status=Open&Status=Pending`;
    const found = (await sim.api('GET', `/matters?${query}`)).list;
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((matter) => matter['status'] === 'Open' || matter['status'] === 'Pending')).toBe(true);
    const closed = (await sim.api('GET', `/matters?ContactId=${String(people[0])}&Status=Closed`)).list;
    expect(closed.length).toBeGreaterThan(0);
    expect((await sim.api('GET', '/matters')).list.every((matter) => matter['isLead'] === false)).toBe(true);
    expect((await sim.api('GET', '/matters?Type=Leads')).list.every((matter) => matter['isLead'] === true)).toBe(true);
    expect(
      (await sim.api('GET', '/matters?Type=Matters,Leads&Status=Open')).list.some((matter) => matter['isLead']),
    ).toBe(true);
  });

  it.each([
    ['LastUpdated=2026-01-01T00:00:00', 200],
    ['LastUpdated=2026-01-01T00:00:00Z', 200],
    ['LastUpdated=2026-01-01T00:00:00.000Z', 400],
    ['UpdatedSince=637981232724209333', 200],
    ['UpdatedSince=2026-01-01', 400],
    ['LastUpdated=2026-01-01T00:00:00&UpdatedSince=637981232724209333', 400],
  ])('9.33 %s → %i', async (query, status) => {
    for (const path of ['/matters', '/tasks']) expect((await sim.api('GET', `${path}?${query}`)).status).toBe(status);
  });

  it('9.33 DELETE makes the status Deleted; whether lists leave such matters out is a switch', async () => {
    const path = await create();
    await sim.api('DELETE', path);
    expect((await read(path))['status']).toBe('Deleted');
    const ids = async () => (await sim.api('GET', '/matters')).list.map((matter) => `/matters/${String(matter['id'])}`);
    expect(await ids()).toContain(path);
    await sim.switches({ list_excludes_deleted_matters: true });
    expect(await ids()).not.toContain(path);
    await sim.switches({ list_excludes_deleted_matters: false });
  });

  it('a restricted matter is 403 for a user without access, and not in the lists', async () => {
    const restricted = (await sim.firm())['matters']?.find(
      (matter) => matter['description'] === 'Drink Driving for the demonstration',
    );
    expect((await sim.api('GET', `/matters/${String(restricted?.['id'])}`)).status).toBe(403);
    expect((await sim.api('GET', '/matters?Search=Drink Driving')).list).toEqual([]);
    const tom = sim.token;
    await sim.connect('us', 'anna.lee@harborpine.example');
    expect((await sim.api('GET', `/matters/${String(restricted?.['id'])}`)).status).toBe(200);
    sim.token = tom;
  });

  it('a matter number is not an id', async () => {
    expect((await sim.api('GET', '/matters/HP-2026-0001')).status).toBe(404);
    expect((await sim.api('PATCH', `/matters/${UNKNOWN}`, { body: {} })).status).toBe(404);
  });

  it('memos come back as RTF, tasks never show their staffId and PUT replaces all of them', async () => {
    const path = await create();
    const memo = await sim.api('POST', `${path}/memos`, { body: { title: 'T', text: 'Zoë said {yes}' } });
    expect(await read(`${path}/memos/${String(memo.body['id'])}`)).toMatchObject({
      plainText: 'Zoë said {yes}',
      text: expect.stringMatching(/^\{\\rtf1/) as string,
    });
    const made = await sim.api('POST', '/tasks', {
      body: { staffId: staff[0], subject: 'S', note: 'N', matterId: path.slice(9) },
    });
    const task = `/tasks/${String(made.body['id'])}`;
    expect(await read(task)).toMatchObject({ subject: 'S', note: 'N', matter: { id: path.slice(9) } });
    expect(await read(task)).not.toHaveProperty('staffId');
    await sim.api('PUT', task, { body: { staffId: staff[0] } });
    const replaced = await read(task);
    expect(replaced).not.toHaveProperty('note');
    expect(replaced).not.toHaveProperty('matter');
    expect((await sim.api('POST', '/tasks', { body: { staffId: staff[0], matterId: '' } })).status).toBe(400);
  });
});
