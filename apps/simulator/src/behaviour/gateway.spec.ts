import { PARTNER, SimulatorUnderTest } from '../testing/simulator-under-test';

const UNKNOWN = '00000000-0000-4000-8000-00000000abcd';

describe('the gateway', () => {
  let sim: SimulatorUnderTest;
  beforeEach(async () => {
    sim = await SimulatorUnderTest.connected();
  });
  afterEach(() => sim.close());

  it.each([
    ['no key', '/firm', { 'x-api-key': '' }, 403, { message: 'Forbidden' }],
    ['an unknown key', '/firm', { 'x-api-key': 'other' }, 403, { message: 'Forbidden' }],
    ['no token', '/firm', { authorization: '' }, 401, { message: 'Unauthorized' }],
    ['a broken token', '/firm', { authorization: 'Bearer a.b.c' }, 401, { message: 'Unauthorized' }],
    ['an unknown route', '/leads', {}, 403, { message: 'Missing Authentication Token' }],
    ['an unknown method', '/firmusers/x/y', {}, 403, { message: 'Missing Authentication Token' }],
  ])('9.10 %s', async (_name, path, headers, status, body) => {
    const answer = await sim.api('GET', path, { headers });
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it('operations that are not simulated answer 501 with their name', async () => {
    const answer = await sim.api('GET', `/matters/${UNKNOWN}/invoices`);
    expect([answer.status, answer.body]).toEqual([501, { message: 'not simulated: GET /matters/{matterId}/invoices' }]);
  });

  it('9.11 five requests at once, then 429 without Retry-After; all firms of one client share the bucket', async () => {
    const first = sim.token;
    await sim.connect('us', 'grace.okafor@lakesidelegal.example');
    await sim.switches({ bucket: { enabled: true } });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const headers = { authorization: `Bearer ${i % 2 === 0 ? first : sim.token}` };
      const answer = await sim.api('GET', '/firm', { headers });
      statuses.push(answer.status);
      if (answer.status === 429) {
        expect([answer.body, answer.headers['retry-after']]).toEqual([{ message: 'Too Many Requests' }, undefined]);
      }
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('9.11 the bucket per endpoint, and Retry-After, are switches', async () => {
    await sim.switches({ bucket: { enabled: true, burst: 1, rate: 0.001, per_endpoint: true, retry_after_s: 7 } });
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    expect((await sim.api('GET', '/firmusers')).status).toBe(200);
    const answer = await sim.api('GET', '/firm');
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  });

  it('9.12 RequestId is echoed, or made', async () => {
    expect((await sim.api('GET', '/firm', { headers: { RequestId: 'mine' } })).headers['requestid']).toBe('mine');
    expect((await sim.api('GET', '/nowhere')).headers['requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('9.13 query names in any case, unknown ones ignored, Limit 1 to 500 and 500 by default', async () => {
    expect((await sim.api('GET', '/contacts?lIMIT=2')).list).toHaveLength(2);
    const all = await sim.api('GET', '/contacts');
    expect(all.body['limit']).toBe(500);
    expect((await sim.api('GET', '/contacts?email=nobody@nowhere.example')).body['size']).toBe(all.body['size']);
    for (const limit of ['0', '501', 'x']) expect((await sim.api('GET', `/contacts?Limit=${limit}`)).status).toBe(400);
    const types = await sim.api('GET', '/mattertypes');
    expect(types.list).toHaveLength(500);
  });

  it('9.14 problems carry errors as an array of objects; unknown is 404, another account’s is 403', async () => {
    const bad = await sim.api('POST', '/matters', { body: {} });
    expect([bad.status, bad.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(bad.body['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'clientIds' })]));
    expect((await sim.api('GET', `/contacts/${UNKNOWN}`)).status).toBe(404);
    const foreign = (await sim.firm(1))['contacts']?.[0]?.['id'];
    expect((await sim.api('GET', `/contacts/${String(foreign)}`)).status).toBe(403);
  });

  it.each([400, 401, 403, 404, 429, 500, 503])(
    '9.15 a route can be made to answer %i, for a number of calls',
    async (status) => {
      await sim.control('POST', '/faults', {
        tenant: 'us',
        route: 'GET /contacts/{anything}',
        fault: { status },
        count: 1,
      });
      expect((await sim.api('GET', '/firm')).status).toBe(200);
      expect((await sim.api('GET', `/contacts/${UNKNOWN}`)).status).toBe(status);
      expect((await sim.api('GET', `/contacts/${UNKNOWN}`)).status).toBe(404);
    },
  );

  it('9.15 * is every route of every tenant, the token endpoint and the storage too', async () => {
    await sim.control('POST', '/faults', { id: 'down', route: '*', fault: { status: 503 } });
    expect((await sim.api('GET', '/firm')).status).toBe(503);
    expect((await sim.exchange('us', {})).status).toBe(503);
    expect((await sim.raw('PUT', '/us/s3/x', 'x')).status).toBe(503);
    await sim.control('DELETE', '/faults/down');
    expect((await sim.api('GET', '/firm')).status).toBe(200);
  });

  it('9.15 slow', async () => {
    await sim.control('POST', '/faults', { route: 'GET /firm', fault: { delay_ms: 120 }, count: 1 });
    const startedMs = performance.now();
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThan(110);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('9.15 a connection reset %s the commit', async (reset, more) => {
    const before = (await sim.firm())['contacts']?.length ?? 0;
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { reset }, count: 1 });
    const body = { person: { firstName: 'Once', lastName: 'Only' } };
    await expect(sim.api('POST', '/contacts', { body })).rejects.toThrow();
    expect((await sim.firm())['contacts']).toHaveLength(before + more);
  });

  it('9.15 hang: no answer, and nothing is done', async () => {
    await sim.control('POST', '/faults', { route: 'POST /contacts', fault: { hang: true }, count: 1 });
    const before = (await sim.firm())['contacts']?.length ?? 0;
    const call = fetch(`${sim.base}/us/api/contacts`, {
      method: 'POST',
      headers: { 'x-api-key': PARTNER.api_key, authorization: `Bearer ${sim.token}` },
      body: '{"person":{}}',
      signal: AbortSignal.timeout(150),
    });
    await expect(call).rejects.toThrow();
    expect((await sim.firm())['contacts']).toHaveLength(before);
  });

  it('the control plane records calls, with bodies on request', async () => {
    await sim.api('POST', '/contacts', { body: { person: { firstName: 'Seen' } }, headers: { RequestId: 'r-1' } });
    const all = await sim.control('GET', '/requests?since=0&tenant=us');
    const last = all.list[all.list.length - 1];
    expect(last).toMatchObject({
      method: 'POST',
      template: '/contacts',
      status: 202,
      request_id: 'r-1',
      client_id: 'partner',
    });
    expect(last).not.toHaveProperty('request_body');
    const later = await sim.control('GET', `/requests?since=${Number(last?.['seq']) - 1}&bodies=1`);
    expect(later.list).toHaveLength(1);
    expect(String(later.list[0]?.['request_body'])).toContain('Seen');
  });

  it('an unknown switch, a switch of the wrong kind and a bad fault are refused', async () => {
    expect((await sim.control('PATCH', '/switches', { nonsense: 1 })).status).toBe(400);
    expect((await sim.control('PATCH', '/switches', { auto_approve: 'yes' })).status).toBe(400);
    expect((await sim.control('POST', '/faults', { route: '*', fault: { reset: 'sometimes' } })).status).toBe(400);
    expect((await sim.control('GET', '/switches')).body).toMatchObject({ auto_approve: true });
  });

  it('a reset seeds the same ids again and forgets the rest; connections may be kept', async () => {
    const before = (await sim.firm())['contacts']?.map((contact) => contact['id']);
    await sim.api('POST', '/contacts', { body: { person: { firstName: 'Gone' } } });
    await sim.control('POST', '/reset', { tenant: 'us', keep_connections: true });
    expect((await sim.firm())['contacts']?.map((contact) => contact['id'])).toEqual(before);
    expect((await sim.api('GET', '/firm')).status).toBe(200);
    await sim.control('POST', '/reset', {});
    expect((await sim.api('GET', '/firm')).status).toBe(401);
  });
});
