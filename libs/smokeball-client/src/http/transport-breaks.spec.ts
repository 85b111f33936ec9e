import { Agent, buildConnector } from 'undici';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { failureOf } from '../testing/failure-of';
import { CONTEXT, testClient } from '../testing/test-client';
import { hang, json, reset, startFakeServer, type FakeServer } from '../testing/fake-server';

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
    expect(gate.released).toEqual([{ isSent: true }]);
  });

  it('does not know after a time-out', async () => {
    server.answer(json(200, { id: 'f' }), hang);
    const { client } = testClient(server.url, { dispatcher });
    // The first call leaves a connection behind, so that the second spends its time on the answer only.
    await client.firm.get(CONTEXT);
    const failure = failureOf(await client.contacts.create(CONTACT, { ...CONTEXT, timeoutMs: 100 }));
    expect(failure).toMatchObject({ kind: 'timeout', sent: 'maybe', detail: 'No answer within 100 ms' });
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

  it('keeps that promise when the connection comes after all', async () => {
    const held: (() => void)[] = [];
    let isHolding = true;
    const connector = buildConnector({});
    const slow = new Agent({
      connect: (options, done) => {
        if (isHolding) held.push(() => connector(options, done));
        else connector(options, done);
      },
    });
    const { client } = testClient(server.url, { dispatcher: slow });
    const failure = failureOf(await client.contacts.create(CONTACT, { ...CONTEXT, timeoutMs: 30 }));
    expect(failure).toMatchObject({ kind: 'timeout', sent: 'no' });

    server.answer(json(200, { id: 'f' }));
    isHolding = false;
    for (const connect of held) connect();
    expect(held).toHaveLength(1);
    expect(await client.firm.get(CONTEXT)).toMatchObject({ ok: true });
    expect(server.seen.map(({ url }) => url)).toEqual(['/firm']);
    await slow.destroy();
  });

  it('can be cancelled on the way', async () => {
    const controller = new AbortController();
    server.answer(() => controller.abort());
    const { client } = testClient(server.url, { dispatcher });
    const result = await client.contacts.create(CONTACT, { ...CONTEXT, signal: controller.signal });
    expect(failureOf(result)).toMatchObject({ kind: 'cancelled', sent: 'maybe' });
  });
});
