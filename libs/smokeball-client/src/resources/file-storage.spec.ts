import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { Readable } from 'node:stream';
import { Agent } from 'undici';
import { json, reset, hang, startFakeServer, type FakeServer } from '../testing/fake-server';
import { FileStorage } from './file-storage';

const EXPIRED = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
const WRONG = '<Error><Code>SignatureDoesNotMatch</Code><Message>Check your key</Message></Error>';
const SLOW = '<Error><Code>RequestTimeout</Code><Message>Your socket was idle</Message></Error>';

const dispatcher = new Agent();
const storage = new FileStorage(dispatcher);

afterAll(() => dispatcher.destroy());

describe('on the wire', () => {
  let tcp: Server;
  let received: Buffer;

  beforeEach(async () => {
    received = Buffer.alloc(0);
    tcp = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk]);
        if (received.toString('latin1').endsWith('%%EOF')) {
          socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        }
      });
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise((resolve) => tcp.close(resolve)));

  it.each<[string, () => Readable | Uint8Array]>([
    ['a stream', () => Readable.from([Buffer.from('%PDF-'), Buffer.from('1.7 %%EOF')])],
    ['a buffer', () => Buffer.from('%PDF-1.7 %%EOF')],
  ])('%s goes with an empty Content-Type, its length and no credentials', async (_name, bytes) => {
    const { port } = tcp.address() as AddressInfo;
    const result = await storage.upload(`http://127.0.0.1:${port}/slot?Signature=a%2Bb`, bytes(), 14, {
      requestId: 'r',
    });
    expect(result).toEqual({ ok: true, status: 200, data: undefined, requestId: 'r' });

    const [head, body] = received.toString('latin1').split('\r\n\r\n');
    const lines = head?.split('\r\n') ?? [];
    expect(lines[0]).toBe('PUT /slot?Signature=a%2Bb HTTP/1.1');
    expect(lines.filter((line) => /^content-type:/i.test(line))).toEqual(['content-type: ']);
    expect(lines.filter((line) => /^content-length:/i.test(line))).toEqual(['content-length: 14']);
    expect(head).not.toMatch(/^(authorization|x-api-key|requestid|userid|transfer-encoding):/im);
    expect(body).toBe('%PDF-1.7 %%EOF');
  });
});

describe('FileStorage', () => {
  let server: FakeServer;

  beforeEach(async () => {
    server = await startFakeServer();
  });

  afterEach(() => server.close());

  it('sends an empty document', async () => {
    server.answer(json(200, ''));
    expect(await storage.upload(server.url, Readable.from([]), 0, {})).toMatchObject({ ok: true });
    expect(server.seen[0]?.headers['content-length']).toBe('0');
  });

  it.each<[string, number, string, object]>([
    ['an expired address', 403, EXPIRED, { kind: 'forbidden', code: 'upload_expired' }],
    ['a wrong signature', 403, WRONG, { kind: 'forbidden', code: 'upload_refused' }],
    ['bytes that came too slowly', 400, SLOW, { kind: 'timeout' }],
    ['credentials it does not want', 400, '<Error><Code>InvalidArgument</Code></Error>', { kind: 'rejected' }],
    ['too many requests', 503, '<Error><Code>SlowDown</Code></Error>', { kind: 'server_error' }],
  ])('reports %s', async (_name, status, xml, expected) => {
    server.answer(json(status, xml));
    const result = await storage.upload(server.url, Buffer.from('x'), 1, {});
    expect(result).toMatchObject({ ok: false, failure: { status, sent: 'yes', ...expected } });
  });

  it.each<[string, string[], number]>([
    ['fewer bytes than announced', ['ab'], 3],
    ['more bytes than announced', ['ab', 'cd'], 3],
  ])('reports %s', async (_name, chunks, sizeBytes) => {
    server.answer(json(200, ''));
    const source = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
    const result = await storage.upload(server.url, source, sizeBytes, {});
    expect(result).toMatchObject({ ok: false, failure: { kind: 'rejected', code: 'size_mismatch' } });
    expect(source.destroyed).toBe(true);
  });

  it('throws what the document itself fails with', async () => {
    server.answer(json(200, ''));
    const source = Readable.from(
      (function* () {
        yield Buffer.from('ab');
        throw new Error('cannot decrypt');
      })(),
    );
    await expect(storage.upload(server.url, source, 4, {})).rejects.toThrow('cannot decrypt');
  });

  it.each([
    ['reset', reset, undefined, { kind: 'network', sent: 'maybe' }],
    ['silence', hang, 50, { kind: 'timeout' }],
  ])('lets go of the document after %s', async (_name, answer, timeoutMs, expected) => {
    server.answer(answer);
    const source = Readable.from([Buffer.from('ab')]);
    const result = await storage.upload(server.url, source, 2, { timeoutMs });
    expect(result).toMatchObject({ ok: false, failure: expected });
    expect(source.destroyed).toBe(true);
  });

  it('lets go of a document that never comes', async () => {
    const source = new Readable({ read: () => undefined });
    const result = await storage.upload(server.url, source, 2, { timeoutMs: 40 });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
    expect(source.destroyed).toBe(true);
  });

  it('downloads without credentials', async () => {
    server.answer(json(200, '%PDF', { 'content-length': '4' }));
    const result = await storage.download(`${server.url}/file`, { requestId: 'r' });
    if (!result.ok) throw new Error('expected a download');
    expect(result.data.sizeBytes).toBe(4);
    expect(Buffer.concat(await result.data.body.toArray()).toString()).toBe('%PDF');
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['an expired address', json(403, EXPIRED), { kind: 'forbidden', code: 'upload_expired', sent: 'yes' }],
    ['a missing file', json(404, '<Error><Code>NoSuchKey</Code></Error>'), { kind: 'not_found' }],
    ['reset', reset, { kind: 'network', sent: 'maybe' }],
  ])('reports %s instead of a download', async (_name, answer, expected) => {
    server.answer(answer);
    expect(await storage.download(server.url, {})).toMatchObject({ ok: false, failure: expected });
  });

  it('reports a download that was cancelled', async () => {
    const result = await storage.download(server.url, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'cancelled', sent: 'no' } });
  });
});
