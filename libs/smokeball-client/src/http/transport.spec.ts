import { Agent } from 'undici';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { CONTEXT, testClient } from '../testing/test-client';
import { hang, json, reset, startFakeServer, type FakeServer } from '../testing/fake-server';
import { AccessTokenUnavailable } from './access-token-unavailable';
import type { CallRecord } from './call-observer';
import type { CallResult, SmokeballFailure } from './call-result';
import type { RefusedToken } from './transport';

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

function failureOf(result: CallResult<unknown>): SmokeballFailure {
  if (result.ok) throw new Error('expected a failure');
  return result.failure;
}

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
      { status, ...(expected.retryAfterMs === undefined ? {} : { retryAfterMs: expected.retryAfterMs }) },
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

describe('when no answer comes', () => {
  it('tells a refused connection, which surely carried nothing', async () => {
    const { url } = server;
    await server.close();
    const failure = failureOf(await testClient(url, { dispatcher }).client.contacts.create(CONTACT, CONTEXT));
    expect(failure).toMatchObject({
      kind: 'network',
      status: null,
      sent: 'no',
      detail: 'Connection failed (ECONNREFUSED)',
    });
  });

  it('tells an unknown host the same way', async () => {
    const { client } = testClient('http://smokeball.invalid', { dispatcher });
    expect(failureOf(await client.firm.get(CONTEXT))).toMatchObject({ kind: 'network', sent: 'no' });
  });

  it('does not know after a reset', async () => {
    server.answer(reset);
    const { client, gate } = testClient(server.url, { dispatcher });
    expect(failureOf(await client.contacts.create(CONTACT, CONTEXT))).toMatchObject({
      kind: 'network',
      status: null,
      sent: 'maybe',
    });
    expect(server.seen).toHaveLength(1);
    expect(gate.released).toEqual([{}]);
  });

  it('does not know after a time-out', async () => {
    server.answer(hang);
    const { client } = testClient(server.url, { dispatcher });
    const failure = failureOf(await client.contacts.create(CONTACT, { ...CONTEXT, timeoutMs: 30 }));
    expect(failure).toMatchObject({ kind: 'timeout', sent: 'maybe', detail: 'No answer within 30 ms' });
  });

  it('says yes when the answer broke off half-way', async () => {
    server.answer((_request, response) => {
      response.writeHead(202, { 'content-length': '100' });
      response.write('{"id":', () => response.socket?.destroy());
    });
    const failure = failureOf(await testClient(server.url, { dispatcher }).client.contacts.create(CONTACT, CONTEXT));
    expect(failure).toMatchObject({ kind: 'network', status: 202, sent: 'yes' });
  });

  it('says no when the time runs out before there is a connection', async () => {
    const sockets: Socket[] = [];
    const silent = createTcpServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    // TLS never gets its greeting answered, so no request can have been written.
    const { client } = testClient(`https://127.0.0.1:${port}`, { dispatcher });
    const failure = failureOf(await client.firm.get({ ...CONTEXT, timeoutMs: 30 }));
    expect(failure).toMatchObject({ kind: 'timeout', sent: 'no' });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('can be cancelled on the way', async () => {
    const controller = new AbortController();
    server.answer(() => controller.abort());
    const { client } = testClient(server.url, { dispatcher });
    const result = await client.contacts.create(CONTACT, { ...CONTEXT, signal: controller.signal });
    expect(failureOf(result)).toMatchObject({ kind: 'cancelled', sent: 'maybe' });
  });
});

describe('the rate gate', () => {
  it('is asked with lane and firm before every exchange, and hears how it went', async () => {
    server.answer(json(200, { id: 'f' }));
    const { client, gate } = testClient(server.url, { dispatcher });
    await client.firm.get({ ...CONTEXT, lane: 'call', firmId: 'firm-9' });
    expect(gate.asked).toEqual([{ lane: 'call', firmId: 'firm-9', signal: undefined }]);
    expect(gate.released).toEqual([{ status: 200 }]);
  });

  it('lets nothing through that was cancelled before', async () => {
    const { client, gate } = testClient(server.url, { dispatcher });
    const failure = failureOf(await client.firm.get({ ...CONTEXT, signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ kind: 'cancelled', sent: 'no' });
    expect(gate.asked).toHaveLength(0);
  });

  it('lets nothing through that was cancelled while waiting', async () => {
    const controller = new AbortController();
    const gate = {
      acquire: ({ signal }: { readonly signal?: AbortSignal }) =>
        new Promise<never>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('gave up')));
          controller.abort();
        }),
    };
    const { client } = testClient(server.url, { dispatcher, gate });
    const failure = failureOf(await client.firm.get({ ...CONTEXT, signal: controller.signal }));
    expect(failure).toMatchObject({ kind: 'cancelled', sent: 'no' });
    expect(server.seen).toHaveLength(0);
  });

  it('throws on when it is broken itself', async () => {
    const gate = { acquire: () => Promise.reject(new Error('database away')) };
    const { client } = testClient(server.url, { dispatcher, gate });
    await expect(client.firm.get(CONTEXT)).rejects.toThrow('database away');
  });

  it('cannot lose an accepted write by failing to take its slot back', async () => {
    server.answer(json(202, { id: ID }));
    const onReleaseError = jest.fn();
    const gate = { acquire: async () => ({ release: () => Promise.reject(new Error('database away')) }) };
    const { client } = testClient(server.url, {
      dispatcher,
      gate,
      observer: { onCall: () => undefined, onReleaseError },
    });
    expect(await client.contacts.create(CONTACT, CONTEXT)).toMatchObject({ ok: true, data: { id: ID } });
    expect(onReleaseError).toHaveBeenCalledWith(new Error('database away'));
  });
});

describe('tokens', () => {
  const unauthorized = json(401, { message: 'Unauthorized' });
  const denied = json(403, { Message: 'not authorized to perform: execute-api:Invoke' });
  const firm = json(200, { id: 'f' });

  function refreshing(next: string | null = 'token-2') {
    const refused: RefusedToken[] = [];
    const onUnauthorized = async (token: RefusedToken): Promise<string | null> => {
      refused.push(token);
      return next;
    };
    return { refused, onUnauthorized };
  }

  it('repeats once with a fresh token after 401, through the gate and with the same request id', async () => {
    server.answer(unauthorized, firm);
    const { refused, onUnauthorized } = refreshing();
    const { client, gate } = testClient(server.url, { dispatcher, onUnauthorized });
    expect(await client.firm.get(CONTEXT)).toMatchObject({ ok: true });
    expect(refused).toEqual([{ reason: 'unauthorized', rejectedToken: 'token-1' }]);
    expect(server.seen.map(({ headers }) => [headers.authorization, headers['requestid']])).toEqual([
      ['Bearer token-1', 'req-1'],
      ['Bearer token-2', 'req-1'],
    ]);
    expect(gate.released).toEqual([{ status: 401 }, { status: 200 }]);
  });

  it('repeats once after a missing scope', async () => {
    server.answer(denied, firm);
    const { refused, onUnauthorized } = refreshing();
    const { client } = testClient(server.url, { dispatcher, onUnauthorized });
    expect(await client.firm.get(CONTEXT)).toMatchObject({ ok: true });
    expect(refused).toEqual([{ reason: 'missing_scope', rejectedToken: 'token-1' }]);
  });

  it('does not go on for ever', async () => {
    server.answer(unauthorized);
    let turn = 1;
    const { client } = testClient(server.url, { dispatcher, onUnauthorized: async () => `token-${(turn += 1)}` });
    expect(failureOf(await client.firm.get(CONTEXT))).toMatchObject({ kind: 'unauthorized', status: 401 });
    expect(server.seen).toHaveLength(2);
  });

  it.each([
    ['there is none', null],
    ['it is the same one', 'token-1'],
  ])('does not repeat when asked for a fresh token and %s', async (_name, next) => {
    server.answer(unauthorized);
    const { client } = testClient(server.url, { dispatcher, ...refreshing(next) });
    expect(failureOf(await client.firm.get(CONTEXT))).toMatchObject({ kind: 'unauthorized' });
    expect(server.seen).toHaveLength(1);
  });

  it('does not ask for a token over a record that is simply not ours', async () => {
    server.answer(json(403, { title: 'Forbidden', detail: 'Contact does not belong to account' }));
    const { refused, onUnauthorized } = refreshing();
    const { client } = testClient(server.url, { dispatcher, onUnauthorized });
    expect(failureOf(await client.contacts.get(ID, CONTEXT))).toMatchObject({ kind: 'forbidden' });
    expect(refused).toHaveLength(0);
  });

  it('gives its slot back when there is no token at all', async () => {
    const accessToken = () => Promise.reject(new AccessTokenUnavailable('reconnect'));
    const { client, gate } = testClient(server.url, { dispatcher, accessToken });
    expect(failureOf(await client.firm.get(CONTEXT))).toMatchObject({
      kind: 'unauthorized',
      code: 'no_access_token',
      sent: 'no',
    });
    expect(gate.released).toEqual([{}]);
    expect(server.seen).toHaveLength(0);
  });
});

describe('the observer', () => {
  it('hears of every exchange without bodies, queries or ids', async () => {
    server.answer(json(401, { message: 'Unauthorized' }), json(200, { value: [] }));
    const records: CallRecord[] = [];
    const { client } = testClient(server.url, {
      dispatcher,
      onUnauthorized: async () => 'token-2',
      observer: { onCall: (record) => records.push(record) },
    });
    await client.contacts.searchByEmail('ada@example.com', CONTEXT);
    expect(records).toEqual(
      [
        { status: 401, outcome: 'unauthorized' },
        { status: 200, outcome: 'ok' },
      ].map((expected) => ({
        method: 'GET',
        route: '/contacts',
        requestId: 'req-1',
        startedAt: expect.any(Date),
        durationMs: expect.any(Number),
        ...expected,
      })),
    );
    expect(JSON.stringify(records)).not.toContain('ada');
  });

  it('cannot break a call', async () => {
    server.answer(json(200, { id: 'f' }));
    const onCall = (): never => {
      throw new Error('metrics full');
    };
    const { client } = testClient(server.url, { dispatcher, observer: { onCall } });
    expect(await client.firm.get(CONTEXT)).toMatchObject({ ok: true });
  });
});
