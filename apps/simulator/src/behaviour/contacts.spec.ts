import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('contacts', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.connected();
  });
  afterAll(() => sim.close());

  const create = async (body: Json): Promise<string> => {
    const answer = await sim.api('POST', '/contacts', { body });
    expect(answer.status).toBe(202);
    return String(answer.body['id']);
  };
  const idsFound = async (search: string): Promise<unknown[]> => {
    const answer = await sim.api('GET', `/contacts?Search=${encodeURIComponent(search)}`);
    expect(answer.status).toBe(200);
    return answer.list.map((contact) => contact['id']);
  };

  it.each([
    ['a flat body', { firstName: 'Flat' }],
    ['two kinds', { person: {}, company: {} }],
    ['a phone that is text', { person: { phone: '6175550100' } }],
    ['a phone number that is a number', { person: { phone: { number: 6175550100 } } }],
    ['a birth date that is none', { person: { birthDate: 'yesterday' } }],
    ['a list', [] as unknown as Json],
  ])('9.21 %s is a 400', async (_name, body) => {
    expect((await sim.api('POST', '/contacts', { body })).status).toBe(400);
  });

  it('9.21 trusts only in the US, groups not in the UK', async () => {
    await sim.registerPartner('uk');
    await sim.registerPartner('au');
    const us = sim.token;
    await sim.connect('uk', 'tom.jones@ashdownfenwick.example');
    expect((await sim.api('POST', '/contacts', { tenant: 'uk', body: { groupOfPeople: {} } })).status).toBe(400);
    await sim.connect('au', 'tom.jones@wattlewren.example');
    expect((await sim.api('POST', '/contacts', { tenant: 'au', body: { trust: { name: 'T' } } })).status).toBe(400);
    expect((await sim.api('POST', '/contacts', { tenant: 'au', body: { groupOfPeople: {} } })).status).toBe(202);
    sim.token = us;
    expect((await sim.api('POST', '/contacts', { body: { trust: { name: 'T' } } })).status).toBe(202);
  });

  it('9.22 PUT replaces everything, DELETE is soft, and a PUT without isDeleted restores', async () => {
    const id = await create({
      person: { firstName: 'Ada', email: 'ada@x.example', notes: 'keep?' },
      externalSystemId: 'e1',
    });
    await sim.api('PUT', `/contacts/${id}`, { body: { person: { firstName: 'Ada' } } });
    const replaced = (await sim.api('GET', `/contacts/${id}`)).body;
    expect([replaced['person'], replaced['externalSystemId']]).toEqual([{ firstName: 'Ada' }, undefined]);
    expect((await sim.api('DELETE', `/contacts/${id}`)).status).toBe(202);
    expect((await sim.api('GET', `/contacts/${id}`)).body['isDeleted']).toBe(true);
    const all = (await sim.api('GET', '/contacts')).list;
    const live = (await sim.api('GET', '/contacts?ExcludeDeletedContacts=true')).list;
    expect(all.some((contact) => contact['id'] === id)).toBe(true);
    expect(live.some((contact) => contact['isDeleted'] === true)).toBe(false);
    await sim.api('PUT', `/contacts/${id}`, { body: { person: { firstName: 'Ada' } } });
    expect((await sim.api('GET', `/contacts/${id}`)).body['isDeleted']).toBe(false);
  });

  it.each([
    ['a bare word', 'smith', 400],
    ['an unknown field', 'city:boston', 400],
    ['a field without a value', 'email:', 400],
    ['a good term', 'email:nobody@x.example', 200],
  ])('9.23 search with %s', async (_name, search, status) => {
    const answer = await sim.api('GET', `/contacts?Search=${search}`);
    expect(answer.status).toBe(status);
    if (search === 'smith') expect(JSON.stringify(answer.body)).toContain('Invalid search term');
  });

  it('9.23 wildcards, "not", several terms and any case', async () => {
    const zoe = await create({ person: { firstName: 'Zoe', lastName: 'Quark', email: 'Zoe.Quark@X.example' } });
    const zed = await create({ person: { firstName: 'Zed', lastName: 'Quark', email: 'zed@x.example' } });
    expect(await idsFound('email:zoe.quark@x.EXAMPLE')).toEqual([zoe]);
    expect(await idsFound('name:*quark')).toEqual([zoe, zed]);
    expect(await idsFound('name:zoe*')).toEqual([zoe]);
    expect(await idsFound('name:*oe q*')).toEqual([zoe]);
    expect(await idsFound('name:zoe')).toEqual([]);
    const both = await sim.api('GET', '/contacts?Search=name:*quark&Search=email:!zoe.quark@x.example');
    expect(both.list.map((contact) => contact['id'])).toEqual([zed]);
  });

  describe('9.24 phone search', () => {
    const spellings: [string, Json, string[]][] = [
      ['whole', { number: '6173998147' }, ['6173998147']],
      ['split', { areaCode: '617', number: '3998147' }, ['3998147', '6173998147']],
      ['with signs', { number: '(617) 399-8147' }, ['(617) 399-8147']],
      ['international', { number: '+61 412 345 678' }, ['+61 412 345 678']],
      ['national mobile', { number: '0412345678' }, ['0412345678']],
    ];
    const ids = new Map<string, string>();
    beforeAll(async () => {
      for (const [name, phone] of spellings) ids.set(name, await create({ person: { firstName: name, cell: phone } }));
    });

    it.each(spellings)('9.24 phone search is exact: %s', async (name, _phone, finds) => {
      for (const text of finds) expect(await idsFound(`phone:${text}`)).toContain(ids.get(name));
    });

    it('9.24 phone search does not normalise, wildcards help', async () => {
      expect(await idsFound('phone:6173998147')).toEqual([ids.get('whole'), ids.get('split')]);
      expect(await idsFound('phone:*3998147')).toEqual([ids.get('whole'), ids.get('split')]);
      expect(await idsFound('phone:617-399-8147')).toEqual([]);
    });

    it('9.24 lenient: punctuation does not matter', async () => {
      await sim.switches({ phone_search: 'lenient' });
      const wanted = [ids.get('whole'), ids.get('split'), ids.get('with signs')];
      expect(await idsFound('phone:617-399-8147')).toEqual(wanted);
      await sim.switches({ phone_search: 'raw' });
    });

    it('9.24 phone2 and the phones of companies and trusts are searched, fax is not until switched on', async () => {
      const second = await create({ person: { firstName: 'P2', phone2: { number: '5551110001', extension: '9' } } });
      const company = await create({
        company: { name: 'C', phone: { number: '5551110002' }, fax: { number: '5551110003' } },
      });
      const trust = await create({ trust: { name: 'T', phone: { number: '5551110004' } } });
      expect(await idsFound('phone:5551110001')).toEqual([second]);
      expect(await idsFound('phone:5551110002')).toEqual([company]);
      expect(await idsFound('phone:5551110004')).toEqual([trust]);
      expect(await idsFound('phone:5551110003')).toEqual([]);
      await sim.switches({ phone_search_fax: true });
      expect(await idsFound('phone:5551110003')).toEqual([company]);
      await sim.switches({ phone_search_fax: false });
    });
  });

  it('9.26 batch keeps the order, leaves unknown ids out, and takes at most 500', async () => {
    const all = (await sim.api('GET', '/contacts?Limit=3')).list.map((contact) => String(contact['id']));
    const ids = [all[2], '00000000-0000-4000-8000-000000000000', all[0]];
    const answer = await sim.api('POST', '/contacts/batch', { body: { ids } });
    expect(answer.list.map((contact) => contact['id'])).toEqual([all[2], all[0]]);
    const many = Array.from({ length: 501 }, () => all[0]);
    expect((await sim.api('POST', '/contacts/batch', { body: { ids: many } })).status).toBe(400);
  });

  it('9.29 nulls are left out, Links have rel, groups have a name of their own', async () => {
    const first = (await sim.api('GET', '/contacts?Limit=1')).list[0];
    const group = await create({ groupOfPeople: { peopleIds: [first?.['id']] } });
    const answer = await sim.api('GET', `/contacts/${group}`);
    expect(answer.text).not.toContain('null');
    expect(answer.body['groupOfPeople']).toMatchObject({
      name: 'Maria Nguyen',
      people: [{ id: first?.['id'], rel: 'Person' }],
    });
  });

  it('9.30 contact tags are strings, belong to the account, and come in lists only when asked for', async () => {
    const [a, b] = [await create({ person: { firstName: 'A' } }), await create({ person: { firstName: 'B' } })];
    for (const id of [a, b]) {
      expect((await sim.api('POST', `/contacts/${id}/tags`, { body: ['Referred', 'VIP'] })).status).toBe(201);
    }
    const tags = (await sim.api('GET', `/contacts/${a}/tags`)).list;
    expect((await sim.api('GET', `/contacts/${b}/tags`)).list).toEqual(tags);
    expect((await sim.api('POST', `/contacts/${a}/tags`, { body: [{ name: 'Object' }] })).status).toBe(400);
    expect((await sim.api('DELETE', `/contacts/${a}/tags/${String(tags[0]?.['id'])}`)).status).toBe(202);
    expect((await sim.api('GET', `/contacts/${a}/tags`)).list).toEqual([tags[1]]);
    expect((await sim.api('GET', '/contacts?Limit=1')).list[0]).not.toHaveProperty('tags');
    const first = (await sim.api('GET', '/contacts?Limit=1&Fields=tags')).list[0];
    expect(first?.['tags']).toContainEqual({ name: 'Petitioner', type: 'Role' });
  });

  it('9.34 ticks are bare numbers above 2^53 that a lossy reader would change', async () => {
    const { text } = await sim.api('GET', '/contacts?Limit=20');
    const all = [...text.matchAll(/"lastUpdated":(\d+)/g)].map((match) => String(match[1]));
    expect(all).toHaveLength(20);
    for (const ticks of all) expect(BigInt(Number(ticks))).not.toBe(BigInt(ticks));
  });

  it('UpdatedSince and Sort', async () => {
    const id = await create({ person: { firstName: 'Newest' } });
    const newest = (await sim.api('GET', '/contacts?Sort=desc(LastUpdated)&Limit=1')).text;
    expect(newest).toContain(id);
    const ticks = /"lastUpdated":(\d+)/.exec(newest)?.[1] ?? '';
    const since = await sim.api('GET', `/contacts?UpdatedSince=${ticks}`);
    expect(since.list.map((contact) => contact['id'])).toEqual([id]);
  });
});
