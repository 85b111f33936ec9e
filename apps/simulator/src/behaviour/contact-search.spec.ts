import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('searching contacts', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
    await sim.begin();
    for (const [name, phone] of SPELLINGS) ids.set(name, await create({ person: { firstName: name, cell: phone } }));
    for (const [name, email] of QUARKS) {
      ids.set(name, await create({ person: { firstName: name, lastName: 'Quark', email } }));
    }
  });
  afterAll(() => sim.close());
  beforeEach(() => sim.switches({ phone_search: 'raw', phone_search_fax: false }));

  const ids = new Map<string, string>();
  const SPELLINGS: [string, Json, string[]][] = [
    ['whole', { number: '6173998147' }, ['6173998147']],
    ['split', { areaCode: '617', number: '3998147' }, ['3998147', '6173998147']],
    ['with signs', { number: '(617) 399-8147' }, ['(617) 399-8147']],
    ['international', { number: '+61 412 345 678' }, ['+61 412 345 678']],
    ['national mobile', { number: '0412345678' }, ['0412345678']],
  ];
  const QUARKS: [string, string][] = [
    ['Zoe', 'Zoe.Quark@X.example'],
    ['Zed', 'zed@x.example'],
  ];

  const create = async (body: Json): Promise<string> =>
    String((await sim.api('POST', '/contacts', { body })).body['id']);
  const find = async (...terms: string[]): Promise<unknown[]> => {
    const query = terms.map((term) => `Search=${encodeURIComponent(term)}`).join('&');
    const answer = await sim.api('GET', `/contacts?${query}`);
    expect(answer.status).toBe(200);
    return answer.list.map((contact) => contact['id']);
  };
  const idsOf = (...names: string[]): unknown[] => names.map((name) => ids.get(name));

  it.each([
    ['a bare word', 'smith', 400],
    ['two bare words', 'john smith', 400],
    ['an unknown field', 'city:boston', 400],
    ['a field that only the answer has', 'firstName:zoe', 400],
    ['a field without a value', 'email:', 400],
    ['a good term', 'email:nobody@x.example', 200],
    ['a field in another case', 'EMAIL:nobody@x.example', 200],
  ])('9.23 search with %s', async (_name, search, status) => {
    const answer = await sim.api('GET', `/contacts?Search=${encodeURIComponent(search)}`);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body['detail']).toBe('Invalid search term');
  });

  it('9.23 one bad term among good ones is a 400', async () => {
    expect((await sim.api('GET', '/contacts?Search=name:zoe*&Search=quark')).status).toBe(400);
  });

  const searches: [string, string[], string[]][] = [
    ['equality in any case', ['email:zoe.quark@x.EXAMPLE'], ['Zoe']],
    ['no part of a value', ['name:zoe'], []],
    ['what begins so', ['name:zoe*'], ['Zoe']],
    ['what ends so', ['name:*quark'], ['Zoe', 'Zed']],
    ['what contains it', ['name:*oe q*'], ['Zoe']],
    ['a star in the middle', ['name:z*quark'], ['Zoe', 'Zed']],
    ['all terms together', ['name:*quark', 'email:zed*'], ['Zed']],
    ['terms that exclude each other', ['name:zoe*', 'name:zed*'], []],
    ['what is not equal', ['name:*quark', 'email:!zoe.quark@x.example'], ['Zed']],
    ['what comes after', ['name:*quark', 'name:>zed quark'], ['Zoe']],
    ['what comes after or is equal', ['name:*quark', 'name:>=zed quark'], ['Zoe', 'Zed']],
    ['what comes before', ['name:*quark', 'name:<zoe quark'], ['Zed']],
    ['what comes before or is equal', ['name:*quark', 'name:<=zoe quark'], ['Zoe', 'Zed']],
  ];

  it.each(searches)('9.23 search finds %s', async (_name, terms, names) => {
    expect(await find(...terms)).toEqual(idsOf(...names));
  });

  it.each(SPELLINGS)('9.24 a number is found as it is stored: %s', async (name, _phone, finds) => {
    for (const text of finds) expect(await find(`phone:${text}`)).toContain(ids.get(name));
  });

  const rawSearches: [string, string, string[]][] = [
    ['all digits find what is whole and what is split', '6173998147', ['whole', 'split']],
    ['another punctuation finds nothing', '617-399-8147', []],
    ['without the area code only what is split', '3998147', ['split']],
    ['the area code alone finds nothing', '617', []],
    ['a country code does not help', '+16173998147', []],
    ['without its spaces an international number is another one', '+61412345678', []],
    ['a wildcard finds what ends so', '*3998147', ['whole', 'split']],
    ['a wildcard looks at the raw text', '*399-8147', ['with signs']],
  ];

  it.each(rawSearches)('9.24 phone search does not normalise: %s', async (_name, text, names) => {
    expect(await find(`phone:${text}`)).toEqual(idsOf(...names));
  });

  it.each([
    ['617-399-8147', ['whole', 'split', 'with signs']],
    ['6173998147', ['whole', 'split', 'with signs']],
    ['+61412345678', ['international']],
    ['*399 8147', ['whole', 'split', 'with signs']],
  ])('9.24 lenient: punctuation does not matter in %s', async (text, names) => {
    await sim.switches({ phone_search: 'lenient' });
    expect(await find(`phone:${text}`)).toEqual(idsOf(...names));
  });

  it('9.24 phone, phone2 and cell, and the phones of companies and trusts; a fax only when switched on', async () => {
    const number = (last: number) => ({ number: `555111000${last}` });
    const person = await create({
      person: { firstName: 'P2', phone: number(0), phone2: { ...number(1), extension: '9' }, fax: number(5) },
    });
    const company = await create({ company: { name: 'C', phone: number(2), fax: number(3) } });
    const trust = await create({ trust: { name: 'T', phone: number(4) } });
    expect([await find('phone:5551110000'), await find('phone:5551110001')]).toEqual([[person], [person]]);
    expect([await find('phone:5551110002'), await find('phone:5551110004')]).toEqual([[company], [trust]]);
    expect([await find('phone:5551110003'), await find('phone:5551110005')]).toEqual([[], []]);
    await sim.switches({ phone_search_fax: true });
    expect([await find('phone:5551110003'), await find('phone:5551110005')]).toEqual([[company], [person]]);
  });

  it.each([
    ['us', 'whole', /^\d{10}$/],
    ['us', 'split into area code and number', /^617\|\d{7}$/],
    ['us', 'with brackets', /^\(\d{3}\) \d{3}-\d{4}$/],
    ['us', 'with a country code', /^\+1 \d{3} \d{3} \d{4}$/],
    ['au', 'international', /^\+61 \d{3} \d{3} \d{3}$/],
    ['au', 'a national mobile', /^04\d{8}$/],
  ])('9.24 the seeded contacts of %s have numbers %s', async (tenant, _name, spelling) => {
    const phones = (await sim.firm(0, tenant))['contacts']?.flatMap((contact) => {
      const person = contact['person'] as { readonly phone?: Record<string, string> } | undefined;
      const { areaCode, number } = person?.phone ?? {};
      return number === undefined ? [] : [areaCode === undefined ? number : `${areaCode}|${number}`];
    });
    expect(phones?.filter((phone) => spelling.test(phone)).length).toBeGreaterThan(0);
  });
});
