import { SimulatorUnderTest, type Json } from '../testing/simulator-under-test';

describe('what the control plane does not take', () => {
  let sim: SimulatorUnderTest;

  beforeAll(async () => {
    sim = await SimulatorUnderTest.start();
  });
  afterAll(() => sim.close());

  const DEEP = `{"bucket":${'{"rate":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
  const switches: [string, string][] = [
    ['bucket.rate', '{"bucket":{"rate":-1}}'],
    ['bucket', '{"bucket":{"rates":1}}'],
    ['bucket', '{"bucket":null}'],
    ['bucket', '{"bucket":{"__proto__":{"rate":1}}}'],
    ['nested', DEEP],
    ['bucket.retry_after_s', '{"bucket":{"retry_after_s":"soon"}}'],
    ['visibility_ms', '{"visibility_ms":{"min":5,"max":1}}'],
    ['visibility_ms', '{"visibility_ms":{"mean":5}}'],
    ['visibility_ms', '{"visibility_ms":-1}'],
    ['visibility_ms', '{"visibility_ms":null}'],
    ['latency_ms', '{"latency_ms":1e12}'],
    ['visibility_by_resource', '{"visibility_by_resource":{"kittens":5}}'],
    ['visibility_by_resource', '{"visibility_by_resource":{"kittens":{"min":0,"max":1}}}'],
    ['visibility_by_resource', '{"visibility_by_resource":{"contacts":{"min":0}}}'],
    ['visibility_by_resource', '{"visibility_by_resource":[]}'],
    ['webhook_retry_ms', '{"webhook_retry_ms":[-1]}'],
    ['webhook_timeout_ms', '{"webhook_timeout_ms":1e12}'],
    ['access_token_s', '{"access_token_s":1e308}'],
    ['access_token_s', '{"access_token_s":1.5}'],
    ['refresh_token_days', '{"refresh_token_days":-1}'],
    ['tag_colors', '{"tag_colors":["Brown",5]}'],
    ['phone_search_fields', '{"phone_search_fields":["fax"]}'],
    ['webhook_types', '{"webhook_types":["a"]}'],
    ['webhook_types', '{"webhook_types":[5]}'],
    ['auto_approve', '{"auto_approve":null}'],
    ['auto_approve_email', '{"auto_approve_email":5}'],
    ['frozen_at', '{"frozen_at":"+200000-01-01T00:00:00Z"}'],
    ['unknown switch: __proto__', '{"__proto__":{"rate":1}}'],
    ['unknown switch: constructor', '{"constructor":1}'],
    ['A JSON object is required.', 'null'],
    ['A JSON object is required.', '[]'],
  ];
  it.each(switches)('a switch, told with "%s"', async (name, body) => {
    const before = (await sim.control('GET', '/switches')).text;
    const answer = await sim.raw('PATCH', '/_sim/switches', body);
    expect([answer.status, answer.body]).toEqual([400, { message: expect.stringContaining(name) as string }]);
    expect((await sim.control('GET', '/switches')).text).toBe(before);
  });

  it.each([
    [{ visibility_by_resource: { contacts: { min: 1, max: 2 } } }],
    [{ visibility_ms: { max: 90 } }],
    [{ webhook_types: ['contact.created', 'error', 'trust.opened'] }],
    [{ auto_approve_email: 'tom@example.com', frozen_at: '2027-01-04T09:00:00Z' }],
    [{ auto_approve_email: null, frozen_at: null }],
    [{ bucket: { rate: 0.1, burst: 0, retry_after_s: null } }],
  ])('but it takes %j', async (patch: Json) => {
    const answer = await sim.control('PATCH', '/switches', patch);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({})]);
    expect(answer.body).toMatchObject(patch);
  });

  const routes = [
    'GET /nope',
    'GET firm',
    'GET /firm/',
    'GET  /firm',
    '__proto__',
    '',
    5,
    'FETCH /firm',
    'GET /contacts/{id}x',
  ];
  it.each(routes)('a fault on the route %j', async (route) => {
    const answer = await sim.control('POST', '/faults', { route, fault: { status: 503 } });
    expect([answer.status, answer.body]).toEqual([
      400,
      { message: expect.stringMatching(/^route must be .*"POST/) as string },
    ]);
  });

  it.each([
    ['an unknown tenant', { tenant: 'mars' }, 'tenant must be one of us, us-staging'],
    ['a count of 0', { count: 0 }, 'count must be a whole number from 1'],
    ['status 0', { fault: { status: 0 } }, 'fault.status must be a whole number from 200 to 599.'],
    ['status 99', { fault: { status: 99 } }, 'fault.status'],
    ['status 100', { fault: { status: 100 } }, 'fault.status'],
    ['status 1000', { fault: { status: 1000 } }, 'fault.status'],
    ['a delay below 0', { fault: { delay_ms: -1 } }, 'fault.delay_ms must be a whole number from 0 to 600000.'],
    ['an endless delay', { fault: { delay_ms: 1e12 } }, 'fault.delay_ms'],
    ['nothing to do', { fault: { status: null } }, 'fault needs at least one of'],
    ['no fault', { fault: undefined }, 'fault needs at least one of'],
  ])('a fault with %s', async (_name, more: Json, message) => {
    const answer = await sim.control('POST', '/faults', { route: '*', fault: { status: 503 }, ...more });
    expect([answer.status, answer.body]).toEqual([400, { message: expect.stringContaining(message) as string }]);
    expect((await sim.control('GET', '/faults')).list).toEqual([]);
  });

  it('but every route that its page offers', async () => {
    const { routes: offered } = (await sim.raw('GET', '/faults/api/routes')).body as { routes: { route: string }[] };
    for (const { route } of [{ route: '*' }, { route: 'get /contacts/{anything}' }, ...offered]) {
      const fault = { id: 'one', route, fault: { status: 503 } };
      expect([route, (await sim.control('POST', '/faults', fault)).status]).toEqual([route, 200]);
    }
    expect((await sim.control('DELETE', '/faults/nope')).status).toBe(404);
    expect((await sim.control('DELETE', '/faults/one')).status).toBe(200);
  });

  it.each([
    ['far too many', { count: 1e12 }],
    ['half a person', { count: 1.5 }],
    ['nobody', { count: 0 }],
    ['no number', {}],
  ])('%s as bulk contacts', async (_name, body) => {
    const answer = await sim.control('POST', '/us/bulk-contacts', body);
    expect([answer.status, answer.body]).toEqual([400, { message: 'count must be a whole number from 1 to 500000.' }]);
  });

  it.each([{ outcome: 'bogus' }, { outcome: 'fail', count: 1e12 }, { outcome: 'fail', count: 0 }, {}])(
    'a forced delivery %j',
    async (body) => expect((await sim.control('POST', '/deliveries/force', body)).status).toBe(400),
  );

  it.each(['1e308', '1e15', 'null', '-1', '1.5', '"5"', 'true'])('a clock moved by %s', async (ms) => {
    const answer = await sim.raw('POST', '/_sim/clock', `{"advance_ms":${ms}}`);
    expect([answer.status, answer.body]).toEqual([400, { message: expect.stringContaining('advance_ms') as string }]);
  });

  it('a clock beyond 2199, even in several steps', async () => {
    const step = { advance_ms: 100 * 365 * 86_400_000 };
    expect((await sim.control('POST', '/clock', step)).status).toBe(200);
    const answer = await sim.control('POST', '/clock', step);
    expect([answer.status, answer.body]).toEqual([400, { message: 'The clock cannot go beyond the year 2199.' }]);
    expect((await sim.control('GET', '/clock')).status).toBe(200);
  });
});
