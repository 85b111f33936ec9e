import { GRACE, SimulatorUnderTest, TOM, type Json } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';
const FROZEN = '2026-11-02T09:00:00Z';

describe('the gateway', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());
  beforeEach(() => sim.begin());

  it.each([
    ['no key', '/firm', { 'x-api-key': '' }, 403, { message: 'Forbidden' }],
    ['an unknown key', '/firm', { 'x-api-key': 'other' }, 403, { message: 'Forbidden' }],
    ['no token', '/firm', { authorization: '' }, 401, { message: 'Unauthorized' }],
    ['a broken token', '/firm', { authorization: 'Bearer a.b.c' }, 401, { message: 'Unauthorized' }],
    ['neither key nor token', '/firm', { 'x-api-key': '', authorization: '' }, 403, { message: 'Forbidden' }],
    ['an unknown route', '/leads', {}, 403, { message: 'Missing Authentication Token' }],
    ['an unknown route below a known one', '/firmusers/x/y', {}, 403, { message: 'Missing Authentication Token' }],
  ])('9.10 %s', async (_name, path, headers, status, body) => {
    const answer = await sim.api('GET', path, { headers });
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it('9.10 an expired token, and a method that the route does not have', async () => {
    expect((await sim.api('PATCH', '/contacts')).body).toEqual({ message: 'Missing Authentication Token' });
    await sim.advance(3_601_000);
    const answer = await sim.api('GET', '/firm');
    expect([answer.status, answer.body]).toEqual([401, { message: 'Unauthorized' }]);
  });

  const statuses = async (count: number, path = '/firm'): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < count; i += 1) all.push((await sim.api('GET', path)).status);
    return all;
  };

  it('9.11 five at once, then 429 without Retry-After; five a second come back, on a clock that only moves forward', async () => {
    await sim.switches({ frozen_at: FROZEN, bucket: { enabled: true } });
    await sim.connect('us', TOM);
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await sim.api('GET', '/firm');
    expect([refused.body, refused.headers['retry-after']]).toEqual([{ message: 'Too Many Requests' }, undefined]);
    await sim.advance(199);
    expect(await statuses(1)).toEqual([429]);
    await sim.advance(1);
    expect(await statuses(2)).toEqual([200, 429]);
    await sim.advance(60_000);
    expect(await statuses(7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  it('9.11 all firms of one client share the bucket; another client has its own', async () => {
    const tom = sim.token;
    await sim.connect('us', GRACE);
    await sim.switches({ frozen_at: FROZEN, bucket: { enabled: true } });
    await sim.connect('us', GRACE);
    const grace = sim.token;
    for (const token of [tom, grace, tom, grace, tom]) {
      sim.token = token;
      expect(await statuses(1)).toEqual([200]);
    }
    expect(await statuses(1)).toEqual([429]);
    const account = await sim.accountId();
    await sim.registerPartner('us', { client_id: 'other', api_key: 'other key', private_accounts: [account] });
    const basic = Buffer.from('other:partner secret').toString('base64');
    const form = { grant_type: 'client_credentials', client_id: 'other' };
    sim.token = String((await sim.exchange('us', form, { authorization: `Basic ${basic}` })).body['access_token']);
    expect(await statuses(1)).toEqual([200]);
  });

  it('9.11 a bucket for each endpoint, Retry-After, a fixed window and the size are switches', async () => {
    await sim.switches({ frozen_at: FROZEN });
    await sim.connect('us', TOM);
    await sim.switches({ bucket: { enabled: true, burst: 1, per_endpoint: true, retry_after_s: 7 } });
    expect([await statuses(1), await statuses(1, '/firmusers')]).toEqual([[200], [200]]);
    const refused = await sim.api('GET', '/firm');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '7']);
    await sim.switches({ bucket: { burst: 2, per_endpoint: false, retry_after_s: null, fixed_window: true } });
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await sim.advance(999);
    expect(await statuses(1)).toEqual([429]);
    await sim.advance(1);
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await sim.switches({ bucket: { enabled: false } });
    expect(new Set(await statuses(20))).toEqual(new Set([200]));
  });

  const everyKindOfAnswer: [string, string, string, Record<string, string>, number][] = [
    ['a read', 'GET', '/firm', {}, 200],
    ['an accepted write', 'DELETE', '/contacts/{id}', {}, 202],
    ['a bad request', 'GET', '/contacts?Limit=0', {}, 400],
    ['no token', 'GET', '/firm', { authorization: '' }, 401],
    ['no key', 'GET', '/firm', { 'x-api-key': '' }, 403],
    ['an unknown route', 'GET', '/nowhere', {}, 403],
    ['an unknown record', 'GET', `/contacts/${UNKNOWN}`, {}, 404],
  ];

  it.each(everyKindOfAnswer)(
    '9.12 RequestId is echoed, or made: %s',
    async (_name, method, template, headers, status) => {
      const id = String((await sim.api('GET', '/contacts?Limit=1')).list[0]?.['id']);
      const path = template.replace('{id}', id);
      const echoed = await sim.api(method, path, { headers: { ...headers, requestid: 'mine 1' } });
      expect([echoed.status, echoed.headers['requestid']]).toEqual([status, 'mine 1']);
      expect((await sim.api(method, path, { headers })).headers['requestid']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('9.12 RequestId is on a 429 and on the answer of a fault too', async () => {
    await sim.switches({ bucket: { enabled: true, burst: 0 } });
    const headers = { RequestId: 'r' };
    const limited = await sim.api('GET', '/firm', { headers });
    await sim.control('POST', '/faults', { route: 'GET /firm', fault: { status: 503 } });
    const faulty = await sim.api('GET', '/firm', { headers });
    expect([limited, faulty].map((answer) => [answer.status, answer.headers['requestid']])).toEqual([
      [429, 'r'],
      [503, 'r'],
    ]);
  });

  it('9.13 query names in any case', async () => {
    for (const name of ['Limit', 'limit', 'lIMIT']) {
      expect((await sim.api('GET', `/contacts?${name}=2`)).list).toHaveLength(2);
    }
    expect((await sim.api('GET', '/mattertypes?location=IL&TYPE=1')).list[0]).toMatchObject({
      location: 'IL',
      type: 1,
    });
  });

  it('9.13 unknown parameters are ignored, among them other spellings of a list', async () => {
    const size = (await sim.api('GET', '/contacts')).body['size'];
    for (const query of ['email=nobody@x.example', '$filter=x', 'Search[]=email:nobody@x.example']) {
      expect([query, (await sim.api('GET', `/contacts?${query}`)).body['size']]).toEqual([query, size]);
    }
  });

  it('9.13 Limit is 1 to 500, and 500 when it is not given', async () => {
    for (const limit of ['0', '-1', '501', 'x']) {
      expect([limit, (await sim.api('GET', `/contacts?Limit=${limit}`)).status]).toEqual([limit, 400]);
    }
    for (const limit of ['1', '500']) expect((await sim.api('GET', `/contacts?Limit=${limit}`)).status).toBe(200);
    const types = await sim.api('GET', '/mattertypes');
    expect([types.body['limit'], types.list.length]).toEqual([500, 500]);
  });

  it('9.14 problems carry errors as an array of objects', async () => {
    const bad = await sim.api('POST', '/matters', { body: { clientIds: 'x', isLead: 'x' } });
    expect([bad.status, bad.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(bad.body).toMatchObject({ status: 400, title: expect.any(String), type: expect.any(String) });
    expect((bad.body['errors'] as Json[]).map((error) => error['field'])).toEqual(['clientIds', 'isLead']);
    const missing = await sim.api('GET', `/matters/${UNKNOWN}`);
    expect(missing.body).toMatchObject({ status: 404, title: 'Not Found' });
  });

  const records: [string, string, string][] = [
    ['contact', 'contacts', '/contacts/{id}'],
    ['matter', 'matters', '/matters/{id}'],
    ['staff member', 'staff', '/staff/{id}'],
    ['user of a firm', 'users', '/firmusers/{id}'],
    ['user', 'users', '/users/{id}'],
  ];

  it.each(records)('9.14 an unknown %s is 404, another account’s is 403', async (_name, kind, template) => {
    const path = (id: unknown): string => template.replace('{id}', String(id));
    const [mine, foreign] = [(await sim.firm(0))[kind]?.[0], (await sim.firm(1))[kind]?.[0]];
    const statusOf = async (record: Json | undefined) =>
      (await sim.api('GET', path(record?.['id'] ?? record?.['userId']))).status;
    expect([await statusOf(mine), await statusOf(foreign)]).toEqual([200, 403]);
    expect((await sim.api('GET', path(UNKNOWN))).status).toBe(404);
  });

  it('9.14 another account’s record cannot be written either', async () => {
    const foreign = await sim.firm(1);
    const [contact, matter] = [foreign['contacts']?.[0]?.['id'], foreign['matters']?.[0]?.['id']];
    const body = { person: { firstName: 'x' } };
    expect((await sim.api('PUT', `/contacts/${String(contact)}`, { body })).status).toBe(403);
    expect((await sim.api('DELETE', `/contacts/${String(contact)}`)).status).toBe(403);
    expect((await sim.api('PATCH', `/matters/${String(matter)}`, { body: {} })).status).toBe(403);
  });
});
