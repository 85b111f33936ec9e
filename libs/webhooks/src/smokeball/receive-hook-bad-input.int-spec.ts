import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nowTicks, signSmokeballWebhook } from '@matterline/smokeball-client';
import {
  ACCOUNT_ID,
  type AppUnderTest,
  CLIENT_ID,
  HOOK_KEY,
  startApp,
} from '../../../../config/testing/app-under-test';

const LIMIT = 1024 * 1024;
const GOOD = {
  accountId: ACCOUNT_ID,
  subscriptionId: 's',
  type: 'matter.updated',
  payload: { id: 'm-1' },
  timestamp: 1,
};

interface Sent {
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly timestamp?: string;
  readonly body?: string | Buffer;
  readonly hook?: string;
}

describe('A delivery that nobody should send', () => {
  let one: AppUnderTest;
  let firmId: string;
  let hookId: string;

  beforeAll(async () => {
    one = await startApp();
    await one.app.listen(0, '127.0.0.1');
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    hookId = await one.connect(firmId);
  });
  afterAll(() => one.close());

  /** Over a socket, by the short door (`plain`) and by the framework's way, which a query chooses. */
  const send = async (way: string, sent: Sent): Promise<{ status: number; code: string | undefined }> => {
    const timestamp = sent.timestamp ?? String(nowTicks(one.clock.nowMs()));
    const requestId = randomUUID();
    const signature = signSmokeballWebhook(HOOK_KEY, { timestamp, requestId, clientId: CLIENT_ID });
    const body = sent.body ?? JSON.stringify(GOOD);
    const given = { timestamp, requestid: requestId, signature, 'content-type': 'application/json', ...sent.headers };
    const headers = Object.fromEntries(
      Object.entries({ ...given, 'content-length': String(Buffer.byteLength(body)) }).filter(
        ([, v]) => v !== undefined,
      ),
    ) as Record<string, string | string[]>;
    const { port } = one.app.getHttpServer().address() as AddressInfo;
    const path = `/hooks/smokeball/${sent.hook ?? hookId}${way === 'plain' ? '' : '?long=1'}`;
    return await new Promise((resolve, reject) => {
      const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.on('end', () => {
          const { error } = JSON.parse(text) as { error?: { code: string } };
          resolve({ status: answer.statusCode ?? 0, code: error?.code });
        });
      });
      request.on('error', reject).end(body);
    });
  };
  const stored = async () =>
    await one.database.query<{ type: string; state: string }>(
      'select type, state from events_in where firm_id = $1 order by received_at, id',
      [firmId],
    );
  const quiet = async () => {
    const counts = await one.database.query<{ operations: number; events: number }>(
      `select (select count(*)::int from operations) as operations, (select count(*)::int from events_out) as events`,
    );
    expect(counts).toEqual([{ operations: 0, events: 0 }]);
  };
  const sized = (length: number) => {
    const text = JSON.stringify({ ...GOOD, padding: '' });
    return `${text.slice(0, -2)}${'x'.repeat(length - text.length)}"}`;
  };
  const nested = (depth: number) =>
    `{"accountId":"${ACCOUNT_ID}","type":"t","payload":{"x":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

  const refused: readonly [string, () => Sent, number, string][] = [
    ['without signature', () => ({ headers: { signature: undefined } }), 401, 'bad_signature'],
    ['without timestamp', () => ({ headers: { timestamp: undefined } }), 401, 'bad_signature'],
    ['without request id', () => ({ headers: { requestid: undefined } }), 401, 'bad_signature'],
    ['with two timestamps', () => ({ headers: { timestamp: ['1', '2'] } }), 401, 'bad_signature'],
    ['with two request ids', () => ({ headers: { requestid: ['1', '2'] } }), 401, 'bad_signature'],
    ['with two signatures', () => ({ headers: { signature: ['a'.repeat(64), 'b'.repeat(64)] } }), 401, 'bad_signature'],
    ['with half a signature', () => ({ headers: { signature: 'a'.repeat(32) } }), 401, 'bad_signature'],
    ['with a signature of 8 kB', () => ({ headers: { signature: 'a'.repeat(8192) } }), 401, 'bad_signature'],
    ['with a signature in base64', () => ({ headers: { signature: `${'QUJD'.repeat(10)}=` } }), 401, 'bad_signature'],
    ['with a signature outside ASCII', () => ({ headers: { signature: 'é'.repeat(64) } }), 401, 'bad_signature'],
    ['with a request id of 8 kB', () => ({ headers: { requestid: 'r'.repeat(8192) } }), 401, 'bad_signature'],
    ['signed in year 1', () => ({ timestamp: '0' }), 401, 'stale_timestamp'],
    ['signed one tick after year 1', () => ({ timestamp: '1' }), 401, 'stale_timestamp'],
    ['signed in year 9999', () => ({ timestamp: '3155378975999999999' }), 401, 'stale_timestamp'],
    ['signed beyond all dates', () => ({ timestamp: '9999999999999999999' }), 401, 'stale_timestamp'],
    ['signed before all dates', () => ({ timestamp: '-1' }), 401, 'bad_signature'],
    ['signed at a moment of 4,000 digits', () => ({ timestamp: '9'.repeat(4000) }), 401, 'bad_signature'],
    ['signed at a fraction', () => ({ timestamp: '638609288928990639.5' }), 401, 'bad_signature'],
    ['signed at a hexadecimal moment', () => ({ timestamp: '0x8DCD5E0' }), 401, 'bad_signature'],
    ['without a body', () => ({ body: '' }), 400, 'bad_request'],
    ['with half a body', () => ({ body: '{"accountId":' }), 400, 'bad_request'],
    ['with two bodies', () => ({ body: '{}{}' }), 400, 'bad_request'],
    ['with a hundred levels', () => ({ body: nested(100) }), 400, 'bad_request'],
    ['with 400,000 levels', () => ({ body: nested(400_000) }), 400, 'bad_request'],
    [
      'with 400,000 levels as text',
      () => ({ body: nested(400_000), headers: { 'content-type': 'text/plain' } }),
      400,
      'bad_request',
    ],
    ['with invalid UTF-8', () => ({ body: Buffer.from('{"accountId":"\xff"}', 'latin1') }), 400, 'bad_request'],
    ['with U+0000 in its type', () => ({ body: JSON.stringify({ ...GOOD, type: 'a\0' }) }), 400, 'bad_request'],
    ['with U+0000 in its id', () => ({ body: JSON.stringify({ ...GOOD, payload: { id: '\0' } }) }), 400, 'bad_request'],
    ['one byte over the limit', () => ({ body: sized(LIMIT + 1) }), 413, 'payload_too_large'],
    ['to nobody', () => ({ hook: 'hook_nobody' }), 404, 'not_found'],
    ['to an address of odd characters', () => ({ hook: '%00%ff' }), 400, 'bad_request'],
    ['to an address of 250 characters', () => ({ hook: 'h'.repeat(250) }), 404, 'not_found'],
  ];
  describe.each(['plain', 'long'])('on the %s way', (way) => {
    it.each(refused)('%s is refused and not stored', async (_name, sent, status, code) => {
      expect(await send(way, sent())).toEqual({ status, code });
      expect(await stored()).toEqual([]);
    });

    it.each<[string, string]>([
      ['null', 'null'],
      ['true', 'true'],
      ['a number', '1e400'],
      ['text', '"x"'],
      ['a list', '[1,[2]]'],
      ['an empty object', '{}'],
      ['wrong members', '{"accountId":1,"type":{},"payload":[]}'],
      ['a prototype', `{"__proto__":{"accountId":"${ACCOUNT_ID}","type":"t"}}`],
      ['ticks without end', `{"accountId":"${ACCOUNT_ID}","type":"t","timestamp":1e999}`],
    ])('with %s for a body is kept as unreadable', async (_name, body) => {
      expect(await send(way, { body })).toEqual({ status: 200, code: undefined });
      expect(await stored()).toEqual([{ type: 'unreadable', state: 'ignored' }]);
    });

    it.each<[string, string, string]>([
      ['a type nobody knows', JSON.stringify({ ...GOOD, type: 'moon.risen' }), 'pending'],
      ['another account', JSON.stringify({ ...GOOD, accountId: 'stranger' }), 'ignored'],
      [
        'ticks of 400,000 digits',
        JSON.stringify(GOOD).replace('"timestamp":1', `"timestamp":${'9'.repeat(400_000)}`),
        'pending',
      ],
      ['half a surrogate', JSON.stringify(GOOD).replace('m-1', '\\ud800'), 'pending'],
      ['exactly the limit', sized(LIMIT), 'pending'],
    ])('with %s is stored', async (_name, body, state) => {
      expect(await send(way, { body })).toEqual({ status: 200, code: undefined });
      expect(await stored()).toMatchObject([{ state }]);
    });
  });

  it('makes no operation and no event', quiet);

  it('to a hook whose key was taken away without a notice is refused within seconds', async () => {
    expect((await send('plain', {})).status).toBe(200);
    await one.database.query('update connections set hook_key_enc = null where firm_id = $1', [firmId]);
    one.clock.advance(4_000);
    expect(await send('plain', {})).toEqual({ status: 404, code: 'not_found' });
  });
});
