import { Agent } from 'undici';
import { failureOf } from '../testing/failure-of';
import { CONTEXT, testClient } from '../testing/test-client';
import { json, startFakeServer, type FakeServer } from '../testing/fake-server';
import type { CallResult, SmokeballFailure } from './call-result';

const ID = '4a2e5a1c-7b3e-4f0a-9c58-0c2a6f1f8e11';
const CONTACT = { person: { firstName: 'Ada', lastName: 'Byron' } };

let server: FakeServer;
let dispatcher: Agent;

beforeEach(async () => {
  server = await startFakeServer();
  dispatcher = new Agent();
});

afterEach(async () => {
  await dispatcher.destroy();
  await server.close();
});

describe('what is sent', () => {
  it('carries key, token and request id, and a JSON body with its type', async () => {
    server.answer(json(202, { id: ID, href: `/contacts/${ID}`, rel: 'Contacts' }));
    const { client } = testClient(server.url, { dispatcher });
    const result = await client.contacts.create(CONTACT, CONTEXT);

    expect(result).toEqual({
      ok: true,
      status: 202,
      data: { id: ID, href: `/contacts/${ID}`, relation: 'Contacts' },
      requestId: 'req-1',
    });
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'POST', url: '/contacts', body: JSON.stringify(CONTACT) });
    expect(request?.headers).toMatchObject({
      'x-api-key': 'key-1',
      authorization: 'Bearer token-1',
      requestid: 'req-1',
      'content-type': 'application/json',
    });
    expect(request?.rawHeaders).toContain('RequestId');
    expect(request?.headers['userid']).toBeUndefined();
  });

  it('carries account prefix and user id for client credentials, and no body on a read', async () => {
    const { client } = testClient(server.url, { dispatcher, accountPrefix: 'acc-1', userId: 'user-1' });
    await client.firm.get(CONTEXT);
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/acc-1/firm', body: '' });
    expect(server.seen[0]?.headers['userid']).toBe('user-1');
    expect(server.seen[0]?.headers['content-type']).toBeUndefined();
  });

  it('makes up a request id where none is given', async () => {
    server.answer(json(200, { id: 'f' }));
    const { client } = testClient(server.url, { dispatcher });
    const result = await client.firm.get({ lane: 'person', firmId: 'f' });
    expect(result).toMatchObject({ ok: true, requestId: server.seen[0]?.headers['requestid'] });
    expect(server.seen[0]?.headers['requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, (client: ReturnType<typeof testClient>['client']) => Promise<CallResult<unknown>>]>([
    ['a matter number for an id', (client) => client.matters.get('2024-0042', CONTEXT)],
    ['a path out of the route', (client) => client.staff.get('..', CONTEXT)],
    ['a contact of two kinds', (client) => client.contacts.create({ person: {}, company: {} }, CONTEXT)],
    ['a batch of none', (client) => client.contacts.batch([], CONTEXT)],
    ['a member nobody knows', (client) => client.contacts.create({ person: { phoneNumber: '1' } } as never, CONTEXT)],
    ['a phone as text', (client) => client.contacts.create({ person: { phone: '0400' } } as never, CONTEXT)],
  ])('never sends %s', async (_name, call) => {
    const { client, gate } = testClient(server.url, { dispatcher });
    expect(failureOf(await call(client))).toMatchObject({
      kind: 'rejected',
      status: null,
      code: 'invalid_request',
      sent: 'no',
    });
    expect(server.seen).toHaveLength(0);
    expect(gate.asked).toHaveLength(0);
  });

  it('throws for a header that cannot be sent: that is our mistake', async () => {
    const { client, gate } = testClient(server.url, { dispatcher });
    await expect(client.firm.get({ ...CONTEXT, requestId: 'a\nb' })).rejects.toThrow();
    expect(gate.released).toHaveLength(1);
  });
});

describe('what an answer means', () => {
  it('keeps every digit of int64 and takes null for absent', async () => {
    server.answer(
      json(
        200,
        `{"id":"${ID}","isDeleted":false,"lastUpdated":637558795239278689,"person":{"email":null},"tags":null}`,
      ),
    );
    const result = await testClient(server.url, { dispatcher }).client.contacts.get(ID, CONTEXT);
    expect(result).toMatchObject({ ok: true, data: { lastUpdated: 637558795239278689n, person: {}, tags: [] } });
  });

  const refusals: readonly [string, number, unknown, Record<string, string>, Partial<SmokeballFailure>][] = [
    [
      'problem with errors as a list',
      400,
      { title: 'Bad Request', status: 400, errors: [{ name: 'clientIds', reason: 'is required' }] },
      { 'content-type': 'application/problem+json' },
      { kind: 'rejected', status: 400, detail: 'Bad Request; clientIds: is required' },
    ],
    [
      'problem with errors as a dictionary',
      422,
      { title: 'Invalid', errors: { Status: ['is required'] } },
      {},
      { kind: 'rejected', status: 422, detail: 'Invalid; Status: is required' },
    ],
    ['gateway 401', 401, { message: 'Unauthorized' }, {}, { kind: 'unauthorized', detail: 'Unauthorized' }],
    ['gateway 403', 403, { message: 'Forbidden' }, {}, { kind: 'forbidden', code: 'gateway_forbidden' }],
    [
      'unknown address',
      403,
      { message: 'Missing Authentication Token' },
      {},
      { kind: 'forbidden', code: 'unknown_route' },
    ],
    [
      'missing scope',
      403,
      { Message: 'User is not authorized to perform: execute-api:Invoke on resource' },
      {},
      { kind: 'forbidden', code: 'missing_scope' },
    ],
    [
      "another account's record",
      403,
      { title: 'Contact does not belong to account' },
      {},
      { kind: 'forbidden', code: undefined },
    ],
    ['404', 404, '', {}, { kind: 'not_found', detail: 'Smokeball answered 404' }],
    [
      '429 without a wish',
      429,
      { message: 'Too Many Requests' },
      {},
      { kind: 'rate_limited', retryAfterMs: undefined },
    ],
    [
      '429 with a wish',
      429,
      { message: 'Too Many Requests' },
      { 'retry-after': '3' },
      { kind: 'rate_limited', retryAfterMs: 3_000 },
    ],
    ['500 as HTML', 500, '<html><body>Oops</body></html>', {}, { kind: 'server_error', detail: 'Oops' }],
    ['504', 504, { message: 'Endpoint request timed out' }, {}, { kind: 'server_error', status: 504 }],
    ['a redirect', 302, '', { location: '/elsewhere' }, { kind: 'bad_answer', status: 302, code: 'redirected' }],
    ['success that is no JSON', 200, '<html>', {}, { kind: 'bad_answer', code: 'unreadable' }],
    ['success that is empty', 200, '', {}, { kind: 'bad_answer', code: 'unexpected_shape' }],
    ['success of another shape', 200, { id: 5 }, {}, { kind: 'bad_answer', code: 'unexpected_shape' }],
    [
      'eleven megabytes',
      200,
      JSON.stringify('x'.repeat(11 * 1024 * 1024)),
      {},
      { kind: 'bad_answer', code: 'too_large' },
    ],
  ];
  it.each(refusals)('%s', async (_name, status, body, headers, expected) => {
    server.answer(json(status, body, headers));
    const { client, gate } = testClient(server.url, { dispatcher });
    const failure = failureOf(await client.firm.get(CONTEXT));
    const whole = { code: undefined, retryAfterMs: undefined, ...failure };
    expect(whole).toMatchObject({ sent: 'yes', requestId: 'req-1', ...expected });
    expect(gate.released).toEqual([
      { status, isSent: true, ...(expected.retryAfterMs === undefined ? {} : { retryAfterMs: expected.retryAfterMs }) },
    ]);
    expect(server.seen).toHaveLength(1);
  });

  it('does not quote client data when the shape is wrong', async () => {
    server.answer(json(200, { id: ID, person: { email: ['ada@example.com'] } }));
    const { detail } = failureOf(await testClient(server.url, { dispatcher }).client.contacts.get(ID, CONTEXT));
    expect(detail).toContain('person.email');
    expect(detail).not.toContain('ada');
  });

  it('wants an id in the answer to a create', async () => {
    server.answer(json(202, { href: '/contacts/x' }));
    const result = await testClient(server.url, { dispatcher }).client.contacts.create(CONTACT, CONTEXT);
    expect(failureOf(result)).toMatchObject({ kind: 'bad_answer', status: 202, sent: 'yes' });
  });
});
