import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PARTNER, SimulatorUnderTest, type RawAnswer } from '../testing/simulator-under-test';

const LEVELS = 6000;
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const listed = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('bodies and addresses that the gateway refuses', () => {
  let sim: SimulatorUnderTest;
  let folder: string;
  let matter: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sim-refused-'));
    sim = await SimulatorUnderTest.start({}, { dataFolder: folder });
  });
  afterAll(async () => {
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await sim.begin({ visibility_ms: 1000 });
    matter = `/matters/${String((await sim.api('GET', '/matters?Limit=1')).list[0]?.['id'])}`;
  });

  const genuine = (contentType = 'application/json'): Record<string, string> => ({
    'x-api-key': PARTNER.api_key,
    authorization: `Bearer ${sim.token}`,
    'content-type': contentType,
  });
  const send = (method: string, path: string, body: string, contentType?: string): Promise<RawAnswer> =>
    sim.raw(method, `/us/api${path}`, body, genuine(contentType));

  const deepBodies: [string, string, string, string][] = [
    ['items of a matter', 'PATCH', '', `{"items":{"a":[{"id":${nested(LEVELS)}}]}}`],
    ['data of a file', 'POST', '/documents/files', `{"fileName":"a.pdf","fileAdditionalData":${nested(LEVELS)}}`],
    ['lists in lists', 'PATCH', '', `{"items":${listed(LEVELS)}}`],
    ['one level too many', 'PATCH', '', nested(101)],
  ];
  it.each(deepBodies)('9.14 a body that is nested too deeply is a 400: %s', async (_name, method, below, body) => {
    const answer = await send(method, `${matter}${below}`, body);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.body).toMatchObject({ status: 400, detail: 'The body is nested more than 100 levels deep.' });
    const before = await sim.control('GET', '/clock');
    const settled = await sim.control('POST', '/settle', {});
    expect([settled.status, settled.body['steps']]).toEqual([200, 0]);
    expect(settled.body['pending_jobs']).toBe(before.body['pending_jobs']);
  });

  it('9.14 a hundred levels are taken, and brackets inside texts are no levels', async () => {
    expect((await send('PATCH', matter, nested(100))).status).toBe(202);
    const description = `${'['.repeat(LEVELS)}\\"${'{'.repeat(LEVELS)}`;
    expect((await send('PATCH', matter, `{"description":"${description}"}`)).status).toBe(202);
    await sim.settle();
    expect((await sim.api('GET', matter)).body['description']).toBe(description.replace('\\', ''));
  });

  it('the control plane refuses such a body too', async () => {
    const answer = await sim.raw('POST', `/_sim/us/as-user${matter}`, nested(LEVELS));
    expect([answer.status, answer.body]).toEqual([400, { message: 'The body is nested more than 100 levels deep.' }]);
  });

  it('settle tells when things still wait after its 10,000 steps', async () => {
    // Bytes wait for their file's record, looking again every 250 ms.
    await sim.switches({ visibility_ms: 3_000_000 });
    const slot = await sim.api('POST', `${matter}/documents/files`, { body: { fileName: 'slow.pdf' } });
    await sim.raw('PUT', String(slot.body['uploadUrl']), Buffer.from('x'), { 'content-type': '' });
    const settled = await sim.control('POST', '/settle', {});
    expect([settled.status, settled.body]).toEqual([
      500,
      { message: 'Things still wait after 10000 steps; POST /_sim/settle again, or POST /_sim/reset.' },
    ]);
    expect((await sim.control('POST', '/settle', {})).status).toBe(200);
    expect((await sim.api('GET', `${matter}/documents/files/${String(slot.body['fileId'])}`)).status).toBe(200);
  });

  it('a body that is no JSON by its content type is a 415 that says so', async () => {
    const answer = await send('PATCH', matter, 'a=b', 'application/x-www-form-urlencoded');
    expect(answer.status).toBe(415);
    expect(answer.body).toMatchObject({
      type: 'https://httpstatuses.io/415',
      title: 'Unsupported Media Type',
      status: 415,
    });
  });

  it.each(['/us/api/%zz', '/us/api/matters/%', '/us/api/%E0%A4%A/x?Limit=1'])(
    '9.12 an address that cannot be read is answered by the gateway: %s',
    async (path) => {
      const [head = '', body] = (await overSocket(`GET ${path} HTTP/1.1\r\nHost: x\r\nRequestId: mine 1\r\n`)).split(
        '\r\n\r\n',
      );
      expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(head.toLowerCase()).toContain('requestid: mine 1');
      expect(JSON.parse(body ?? '')).toEqual({ message: 'Bad Request' });
      expect((await sim.raw('GET', path)).headers['requestid']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('an unreadable address elsewhere has no RequestId', async () => {
    const answer = await sim.raw('GET', '/us/auth/%zz');
    expect([answer.status, answer.body, answer.headers['requestid']]).toEqual([
      400,
      { message: 'Bad Request' },
      undefined,
    ]);
  });

  it('a body above 10 MB is a 413 of the gateway', async () => {
    const length = 10 * 1024 * 1024 + 1;
    const [head = '', body] = (
      await overSocket(
        `POST /us/api/contacts HTTP/1.1\r\nHost: x\r\nRequestId: mine 1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n`,
      )
    ).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 413 /);
    expect(head.toLowerCase()).toContain('requestid: mine 1');
    expect(JSON.parse(body ?? '')).toEqual({ message: 'Request Too Long' });
    const recorded = (await sim.control('GET', '/requests')).list;
    expect(recorded[recorded.length - 1]).toMatchObject({
      status: 413,
      path: '/us/api/contacts',
      request_id: 'mine 1',
    });
  });

  /** What is answered to this head, which is all that is sent. */
  async function overSocket(head: string): Promise<string> {
    const socket = connect(Number(new URL(sim.base).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.write(`${head}Connection: close\r\n\r\n`);
    await once(socket, 'close');
    return text;
  }
});
