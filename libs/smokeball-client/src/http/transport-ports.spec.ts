import { Agent } from 'undici';
import { failureOf } from '../testing/failure-of';
import { CONTEXT, testClient } from '../testing/test-client';
import { json, startFakeServer, type FakeServer } from '../testing/fake-server';
import { AccessTokenUnavailable } from './access-token-unavailable';
import type { CallRecord } from './call-observer';
import { GateClosed } from './rate-gate';
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

describe('the rate gate', () => {
  it('is asked with lane and firm before every exchange, and hears how it went', async () => {
    server.answer(json(200, { id: 'f' }));
    const { client, gate } = testClient(server.url, { dispatcher });
    await client.firm.get({ ...CONTEXT, lane: 'call', firmId: 'firm-9' });
    expect(gate.asked).toEqual([{ lane: 'call', firmId: 'firm-9', signal: undefined }]);
    expect(gate.released).toEqual([{ status: 200, isSent: true }]);
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
    expect(gate.released).toEqual([
      { status: 401, isSent: true },
      { status: 200, isSent: true },
    ]);
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

  it('does not send while the gate is closed, and says when to come back', async () => {
    const gate = { acquire: () => Promise.reject(new GateClosed(2_000)) };
    const { client } = testClient(server.url, { dispatcher, gate });
    expect(failureOf(await client.firm.get(CONTEXT))).toMatchObject({
      kind: 'server_error',
      code: 'away',
      sent: 'no',
      retryAfterMs: 2_000,
    });
    expect(server.seen).toHaveLength(0);
  });

  it('gives its slot back when there is no token at all', async () => {
    const accessToken = () => Promise.reject(new AccessTokenUnavailable('reconnect'));
    const { client, gate } = testClient(server.url, { dispatcher, accessToken });
    expect(failureOf(await client.firm.get(CONTEXT))).toMatchObject({
      kind: 'unauthorized',
      code: 'no_access_token',
      sent: 'no',
    });
    expect(gate.released).toEqual([{ isSent: false }]);
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
