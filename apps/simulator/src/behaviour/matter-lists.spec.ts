import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('reading matters, matter types and staff', () => {
  let sim: SimulatorUnderTest;
  let people: string[];
  let staff: string[];
  let divorce: string;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    await sim.begin();
    people = (await sim.api('GET', '/contacts?Type=Person&Limit=5')).list.map((contact) => String(contact['id']));
    staff = (await sim.api('GET', '/staff')).list.map((person) => String(person['id']));
    divorce = String((await sim.api('GET', '/mattertypes?Location=MA&Type=0&Name=Divorce')).list[0]?.['id']);
  });
  afterAll(() => sim.close());

  const create = async (more: Json = {}): Promise<string> => {
    const body = { matterTypeId: divorce, clientIds: [people[0]], status: 'Open', ...more };
    const answer = await sim.api('POST', '/matters', { body });
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    await sim.settle();
    return `/matters/${String(answer.body['id'])}`;
  };
  const read = async (path: string): Promise<Json> => (await sim.api('GET', path)).body;
  const listed = async (query: string): Promise<Json[]> => {
    const answer = await sim.api('GET', `/matters?${query}`);
    expect(answer.status).toBe(200);
    return [...answer.list];
  };
  const paths = async (query: string): Promise<string[]> =>
    (await listed(query)).map((matter) => `/matters/${String(matter['id'])}`);

  it.each([
    ['the number', 'abc-7'],
    ['the description', 'zebra'],
    ['a client', 'maria nguyen'],
    ['another side', 'LIAM'],
  ])('9.25 Search is plain "contains" over %s', async (_name, text) => {
    const path = await create({ number: 'ABC-77', description: 'Zebra crossing', otherSideIds: [people[1]] });
    const other = await create({ clientIds: [people[3]], number: 'OTHER' });
    const found = await paths(`Search=${encodeURIComponent(text)}`);
    expect(found).toContain(path);
    expect(found).not.toContain(other);
  });

  it.each(['name:*zebra*', 'number:ABC-77', 'email:maria.nguyen@mail.example', 'zebra*', 'name:>a'])(
    '9.25 structured Search is no error and finds nothing: %s',
    async (text) => {
      await create({ number: 'ABC-77', description: 'Zebra crossing' });
      const answer = await sim.api('GET', `/matters?Search=${encodeURIComponent(text)}`);
      expect([answer.status, answer.body['size'], answer.list]).toEqual([200, 0, []]);
    },
  );

  it('9.29 reads have Links with rel and the flat ids too, and no nulls', async () => {
    const path = await create({
      personResponsibleStaffId: staff[0],
      personAssistingStaffId: staff[1],
      originatingStaffId: staff[2],
      otherSideIds: [people[1]],
    });
    const wanted = {
      matterType: { id: divorce, name: 'Divorce', rel: 'MatterType' },
      matterTypeId: divorce,
      clients: [{ id: people[0], rel: 'Client' }],
      clientIds: [people[0]],
      otherSides: [{ id: people[1], rel: expect.any(String) as string }],
      otherSideIds: [people[1]],
      personResponsible: { id: staff[0], rel: expect.any(String) as string },
      personResponsibleStaffId: staff[0],
      personAssisting: { id: staff[1] },
      personAssistingStaffId: staff[1],
      originatingStaff: { id: staff[2] },
      originatingStaffId: staff[2],
    };
    const answer = await sim.api('GET', path);
    expect(answer.body).toMatchObject(wanted);
    expect(answer.text).not.toContain(':null');
    expect((await listed('Sort=desc(LastUpdated)&Limit=1'))[0]).toMatchObject(wanted);
    for (const list of ['/matters', '/staff', '/firm'])
      expect((await sim.api('GET', list)).text).not.toContain(':null');
  });

  it('9.30 matter tags are objects; custom ones belong to the account and keep their first colour', async () => {
    const [a, b] = [await create(), await create()];
    const post = (path: string, tags: unknown) => sim.api('POST', `${path}/tags`, { body: tags });
    for (const wrong of [['text'], { type: 'Custom', name: 'x' }, [{ type: 'Other', name: 'x' }]]) {
      expect((await post(a, wrong)).status).toBe(400);
    }
    const two = [
      { type: 'Custom', name: 'Hot' },
      { type: 'Staff', id: staff[0] },
    ];
    expect((await post(a, two)).status).toBe(201);
    await post(b, [{ type: 'Custom', name: 'hot', color: 'Light Blue' }]);
    const answer = await sim.api('GET', `${a}/tags`);
    expect(['size', 'limit', 'offset', 'next'].filter((name) => name in answer.body)).toEqual([]);
    expect(answer.list).toMatchObject([
      { name: 'Hot', color: 'Brown' },
      { type: 'Staff', id: staff[0], staff: { id: staff[0] } },
    ]);
    expect((await sim.api('GET', `${b}/tags`)).list).toEqual([answer.list[0]]);
    const tagged = async (query: string) =>
      (await listed(`ContactId=${String(people[0])}&${query}`)).filter((matter) => 'tags' in matter).length;
    expect([await tagged('Limit=50'), await tagged('Fields=tags')]).toEqual([0, expect.any(Number)]);
    expect(await tagged('Fields=tags')).toBeGreaterThan(1);
    await sim.api('DELETE', `${a}/tags/${String(answer.list[0]?.['id'])}`);
    expect((await sim.api('GET', `${a}/tags`)).list).toHaveLength(1);
    expect((await sim.api('GET', `${b}/tags`)).list).toHaveLength(1);
  });

  it('9.31 about 20,000 types in pages, the last of them too', async () => {
    const all = await sim.api('GET', '/mattertypes?Limit=500&Offset=19500');
    const size = Number(all.body['size']);
    expect(size).toBeGreaterThan(19_500);
    const last = await sim.api('GET', `/mattertypes?Limit=500&Offset=${size - 1}`);
    expect([last.list.length, 'next' in last.body]).toEqual([1, false]);
    expect((await sim.api('GET', '/mattertypes?Limit=500')).list).toHaveLength(500);
  });

  it('9.31 ids with a state, hrefs in another case, options, leads apart', async () => {
    const one = (await sim.api('GET', '/mattertypes?Location=IL&Type=0&Category=Real Estate&Name=refin')).list;
    expect(one).toMatchObject([{ name: 'Refinance', type: 0, location: 'IL' }]);
    expect(one[0]?.['representativeOptions']).toEqual(expect.arrayContaining(['Borrower', 'Lender']));
    const id = String(one[0]?.['id']);
    expect(id).toMatch(/^[0-9a-f-]{36}_IL$/);
    expect(String(one[0]?.['href']).endsWith(`/mattertypes/${id.toLowerCase()}`)).toBe(true);
    expect((await sim.api('GET', `/mattertypes/${id.toLowerCase()}`)).body['id']).toBe(id);
    const typesOf = async (query: string) =>
      new Set((await sim.api('GET', `/mattertypes?Location=IL&${query}`)).list.map((type) => type['type']));
    expect([await typesOf('Type=0'), await typesOf('Type=1'), await typesOf('')]).toEqual([
      new Set([0]),
      new Set([1]),
      new Set([0, 1]),
    ]);
    expect((await sim.api('GET', '/mattertypes?Type=2')).status).toBe(400);
  });

  it('9.32 staff with former and disabled members, null initials and an empty cell', async () => {
    const list = (await sim.api('GET', '/staff')).list;
    expect(list.some((person) => person['former'] === true)).toBe(true);
    expect(list.some((person) => person['enabled'] === false)).toBe(true);
    expect(list.some((person) => !('initials' in person))).toBe(true);
    expect(list.some((person) => JSON.stringify(person['cell']) === '{}')).toBe(true);
    expect(list.every((person) => !('rate' in person))).toBe(true);
    expect((await sim.api('GET', '/staff?Fields=rate')).list.every((person) => 'rate' in person)).toBe(true);
  });

  it('9.32 the users of the firm are a bare array, at both paths', async () => {
    const users = await sim.api('GET', '/firmusers');
    expect(Array.isArray(users.body)).toBe(true);
    expect(users.list.some((user) => user['isFormerUser'] === true)).toBe(true);
    expect((await sim.api('GET', '/firm/users')).body).toEqual(users.body);
    const [first] = users.list;
    for (const id of [first?.['staffId'], first?.['userId']]) {
      expect((await sim.api('GET', `/firmusers/${String(id)}`)).body).toEqual(first);
    }
  });

  it('9.33 matters in every status, and ContactId with several of them', async () => {
    const statuses = (await listed('')).map((matter) => matter['status']);
    expect(new Set(statuses)).toEqual(new Set(['Open', 'Pending', 'Closed', 'Cancelled', 'Deleted']));
    const statusesOf = async (query: string) => new Set((await listed(query)).map((matter) => matter['status']));
    expect(await statusesOf('Status=Open&Status=Pending')).toEqual(new Set(['Open', 'Pending']));
    const mine = `ContactId=${String(people[0])}`;
    expect(await statusesOf(`${mine}&Status=Open&Status=Closed`)).toEqual(new Set(['Open', 'Closed']));
    expect(await statusesOf(`${mine}&Status=Closed`)).toEqual(new Set(['Closed']));
    const parties = (await listed(mine)).map((matter) => [matter['clientIds'], matter['otherSideIds']].flat());
    expect(parties.filter((ids) => !ids.includes(people[0]))).toEqual([]);
    const otherSide = await create({ clientIds: [people[3]], otherSideIds: [people[4]] });
    expect(await paths(`ContactId=${String(people[4])}`)).toContain(otherSide);
  });

  it.each([
    ['', [false]],
    ['Type=Matters', [false]],
    ['Type=Leads', [true]],
    ['Type=Matters,Leads', [false, true]],
  ])('9.33 leads are left out unless asked for: "%s"', async (query, wanted) => {
    expect(new Set((await listed(query)).map((matter) => matter['isLead']))).toEqual(new Set(wanted));
  });

  it.each([
    ['LastUpdated=2026-01-01T00:00:00', 200],
    ['LastUpdated=2026-01-01T00:00:00Z', 200],
    ['LastUpdated=2026-01-01T00:00:00.000Z', 400],
    ['LastUpdated=2026-01-01T00:00:00.1', 400],
    ['LastUpdated=yesterday', 400],
    ['UpdatedSince=637981232724209333', 200],
    ['UpdatedSince=2026-01-01', 400],
    ['LastUpdated=2026-01-01T00:00:00&UpdatedSince=637981232724209333', 400],
  ])('9.33 %s → %i', async (query, status) => {
    for (const path of ['/matters', '/tasks']) expect((await sim.api('GET', `${path}?${query}`)).status).toBe(status);
  });

  it('9.33 LastUpdated and UpdatedSince leave out what was changed before', async () => {
    const path = await create();
    const ticks = String((await read(path))['versionId']);
    expect(await paths(`UpdatedSince=${ticks}`)).toEqual([path]);
    expect(await paths('LastUpdated=2020-01-01T00:00:00')).toContain(path);
    expect(await paths('LastUpdated=2100-01-01T00:00:00')).toEqual([]);
  });

  it('9.33 DELETE makes the status Deleted; whether lists leave such matters out is a switch', async () => {
    const path = await create();
    expect((await sim.api('DELETE', path)).status).toBe(202);
    expect((await read(path))['status']).toBe('Deleted');
    expect(await paths('')).toContain(path);
    await sim.switches({ list_excludes_deleted_matters: true });
    expect(await paths('')).not.toContain(path);
    expect(await paths('Status=Deleted')).toContain(path);
    await sim.switches({ list_excludes_deleted_matters: false });
  });

  it('a restricted matter is 403 for a user without access, and not in the lists', async () => {
    const hidden = (await sim.firm())['matters']?.find((matter) => String(matter['description']).startsWith('Drink'));
    const path = `/matters/${String(hidden?.['id'])}`;
    expect((await sim.api('GET', path)).status).toBe(403);
    expect(await listed('Search=Drink Driving')).toEqual([]);
    const tom = sim.token;
    await sim.connect('us', 'anna.lee@harborpine.example');
    expect((await sim.api('GET', path)).status).toBe(200);
    sim.token = tom;
  });
});
