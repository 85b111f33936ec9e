import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('contacts', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(() => sim.begin());

  const create = async (body: Json): Promise<string> => {
    const answer = await sim.api('POST', '/contacts', { body });
    expect(answer.status).toBe(202);
    return String(answer.body['id']);
  };
  const read = async (id: string): Promise<Json> => (await sim.api('GET', `/contacts/${id}`)).body;
  const listed = async (query: string): Promise<unknown[]> =>
    (await sim.api('GET', `/contacts${query}`)).list.map((contact) => contact['id']);

  it.each([
    ['a flat body', { firstName: 'Flat', lastName: 'Body' }],
    ['no kind', {}],
    ['a kind that is null', { person: null }],
    ['two kinds', { person: {}, company: {} }],
    ['a phone that is text', { person: { phone: '6175550100' } }],
    ['a company’s phone that is text', { company: { phone: '6175550100' } }],
    ['a phone number that is a number', { person: { phone: { number: 6175550100 } } }],
    ['a birth date that is none', { person: { birthDate: 'yesterday' } }],
    ['a list', [] as unknown as Json],
  ])('9.21 %s is a 400, in a POST and in a PUT', async (_name, body) => {
    expect((await sim.api('POST', '/contacts', { body })).status).toBe(400);
    const [id] = await listed('?Limit=1');
    expect((await sim.api('PUT', `/contacts/${String(id)}`, { body })).status).toBe(400);
  });

  it.each([
    ['us', 'tom.jones@harborpine.example', { trust: 202, groupOfPeople: 202 }],
    ['au', 'tom.jones@wattlewren.example', { trust: 400, groupOfPeople: 202 }],
    ['uk', 'tom.jones@ashdownfenwick.example', { trust: 400, groupOfPeople: 400 }],
  ])('9.21 trusts only in the US, groups not in the UK: %s', async (tenant, email, wanted) => {
    await sim.registerPartner(tenant);
    await sim.connect(tenant, email);
    for (const [kind, status] of Object.entries({ person: 202, company: 202, ...wanted })) {
      const answer = await sim.api('POST', '/contacts', { tenant, body: { [kind]: {} } });
      expect([kind, answer.status]).toEqual([kind, status]);
    }
  });

  it('9.21 a contact is read with exactly one kind', async () => {
    const kinds = ['person', 'company', 'trust', 'groupOfPeople'];
    const all = (await sim.api('GET', '/contacts')).list.map((contact) => kinds.filter((kind) => kind in contact));
    expect(all.filter((present) => present.length !== 1)).toEqual([]);
    expect(new Set(all.flat())).toEqual(new Set(kinds));
  });

  it('9.22 PUT replaces everything', async () => {
    const person = { firstName: 'Ada', email: 'ada@x.example', notes: 'keep?' };
    const id = await create({ person, externalSystemId: 'e1' });
    await sim.api('PUT', `/contacts/${id}`, { body: { person: { firstName: 'Ada' } } });
    const replaced = await read(id);
    expect([replaced['person'], replaced['externalSystemId']]).toEqual([{ firstName: 'Ada' }, undefined]);
    await sim.api('PUT', `/contacts/${id}`, { body: { company: { name: 'Ada Ltd' } } });
    expect(await read(id)).toMatchObject({ company: { name: 'Ada Ltd' } });
    expect(await read(id)).not.toHaveProperty('person');
  });

  it.each([
    ['without isDeleted', {}, false],
    ['with isDeleted false', { isDeleted: false }, false],
    ['with isDeleted true', { isDeleted: true }, true],
  ])('9.22 a PUT %s of a deleted contact', async (_name, more, isDeleted) => {
    const id = await create({ person: { firstName: 'Ada' } });
    await sim.api('DELETE', `/contacts/${id}`);
    expect((await read(id))['isDeleted']).toBe(true);
    await sim.api('PUT', `/contacts/${id}`, { body: { person: { firstName: 'Ada' }, ...more } });
    expect((await read(id))['isDeleted']).toBe(isDeleted);
  });

  it('9.22 DELETE is soft, and lists hold what is deleted unless it is excluded', async () => {
    const id = await create({ person: { firstName: 'Ada' } });
    expect((await sim.api('DELETE', `/contacts/${id}`)).status).toBe(202);
    expect(await read(id)).toMatchObject({ isDeleted: true, person: { firstName: 'Ada' } });
    expect(await listed('')).toContain(id);
    expect(await listed('?ExcludeDeletedContacts=false')).toContain(id);
    const live = (await sim.api('GET', '/contacts?ExcludeDeletedContacts=true')).list;
    expect(live.filter((contact) => contact['isDeleted'] === true)).toEqual([]);
    expect(live.length).toBeGreaterThan(30);
  });

  it('9.26 batch keeps the order and leaves out what is unknown or another account’s', async () => {
    const all = (await listed('?Limit=4')).map(String).sort();
    const foreign = String((await sim.firm(1))['contacts']?.[0]?.['id']);
    const wanted = [all[3], all[0], all[2], all[1]];
    const ids = [all[3], '00000000-0000-4000-8000-000000000000', all[0], foreign, all[2], all[1]];
    const answer = await sim.api('POST', '/contacts/batch', { body: { ids } });
    expect([answer.status, answer.list.map((contact) => contact['id'])]).toEqual([200, wanted]);
    expect(Object.keys(answer.body)).not.toContain('size');
  });

  it('9.26 batch takes at most 500', async () => {
    const [id] = await listed('?Limit=1');
    const statusOf = async (count: number) =>
      (await sim.api('POST', '/contacts/batch', { body: { ids: Array.from({ length: count }, () => id) } })).status;
    expect([await statusOf(500), await statusOf(501)]).toEqual([200, 400]);
  });

  it('9.29 nulls are left out, Links have rel, groups have a name of their own', async () => {
    const [first] = await listed('?Limit=1');
    const group = await create({ groupOfPeople: { peopleIds: [first] }, externalSystemId: null });
    const answer = await sim.api('GET', `/contacts/${group}`);
    expect(answer.text).not.toContain('null');
    expect(answer.body['groupOfPeople']).toMatchObject({
      name: 'Maria Nguyen',
      people: [{ id: first, rel: 'Person' }],
    });
    expect((await sim.api('GET', '/contacts')).text).not.toContain(':null');
  });

  it('9.30 contact tags are strings; the same name is the same tag of the account', async () => {
    const [a, b] = [await create({ person: { firstName: 'A' } }), await create({ person: { firstName: 'B' } })];
    expect((await sim.api('POST', `/contacts/${a}/tags`, { body: ['Referred', 'VIP'] })).status).toBe(201);
    expect((await sim.api('POST', `/contacts/${b}/tags`, { body: ['referred', 'vip'] })).status).toBe(201);
    for (const wrong of [[{ name: 'Object' }], { name: 'Object' }, 'text']) {
      expect((await sim.api('POST', `/contacts/${a}/tags`, { body: wrong })).status).toBe(400);
    }
    const tags = await sim.api('GET', `/contacts/${a}/tags`);
    expect(tags.list).toEqual([
      { id: expect.any(String) as string, name: 'Referred', type: 'Custom' },
      { id: expect.any(String) as string, name: 'VIP', type: 'Custom' },
    ]);
    expect(['size', 'limit', 'offset', 'next'].filter((name) => name in tags.body)).toEqual([]);
    expect((await sim.api('GET', `/contacts/${b}/tags`)).list).toEqual(tags.list);
    expect((await sim.api('DELETE', `/contacts/${a}/tags/${String(tags.list[0]?.['id'])}`)).status).toBe(202);
    expect((await sim.api('GET', `/contacts/${a}/tags`)).list).toEqual([tags.list[1]]);
    expect((await sim.api('GET', `/contacts/${b}/tags`)).list).toEqual(tags.list);
  });

  it('9.30 roles in matters are tags without an id; lists carry tags only when asked', async () => {
    expect((await sim.api('GET', '/contacts?Limit=1')).list[0]).not.toHaveProperty('tags');
    const first = (await sim.api('GET', '/contacts?Limit=1&Fields=tags')).list[0];
    expect(first?.['tags']).toContainEqual({ name: 'Petitioner', type: 'Role' });
    expect((await read(String(first?.['id'])))['tags']).toEqual(first?.['tags']);
  });

  it('9.34 ticks are bare numbers above 2^53 that a lossy reader would change', async () => {
    const { text } = await sim.api('GET', '/contacts?Limit=20');
    const all = [...text.matchAll(/"lastUpdated":(\d+)/g)].map((match) => String(match[1]));
    expect(all).toHaveLength(20);
    for (const ticks of all) {
      expect(BigInt(ticks)).toBeGreaterThan(2n ** 53n);
      expect(String(JSON.parse(ticks))).not.toBe(ticks);
      expect(BigInt(Number(ticks))).not.toBe(BigInt(ticks));
    }
  });

  it('UpdatedSince and Sort', async () => {
    const id = await create({ person: { firstName: 'Newest' } });
    const newest = (await sim.api('GET', '/contacts?Sort=desc(LastUpdated)&Limit=1')).text;
    expect(newest).toContain(id);
    const ticks = /"lastUpdated":(\d+)/.exec(newest)?.[1] ?? '';
    expect(await listed(`?UpdatedSince=${ticks}`)).toEqual([id]);
  });
});
