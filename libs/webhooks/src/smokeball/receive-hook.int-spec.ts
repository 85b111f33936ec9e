import { randomUUID } from 'node:crypto';
import { connectionPlace } from '@matterline/auth';
import { FieldCipher } from '@matterline/platform';
import { dateFromTicks, nowTicks, signSmokeballWebhook } from '@matterline/smokeball-client';
import {
  ACCOUNT_ID,
  type AppUnderTest,
  CLIENT_ID,
  HOOK_KEY,
  startApp,
} from '../../../../config/testing/app-under-test';

interface Sent {
  readonly atMs?: number;
  readonly timestamp?: string;
  readonly requestId?: string;
  readonly key?: string;
  readonly clientId?: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly signature?: string;
  readonly without?: string;
  readonly contentType?: string;
}

describe('Smokeball’s webhooks', () => {
  let one: AppUnderTest;
  let firmId: string;
  let hookId: string;

  beforeAll(async () => {
    one = await startApp();
  });
  beforeEach(async () => {
    ({ firmId } = await one.firm());
    hookId = await one.connect(firmId);
  });
  afterAll(() => one.close());

  const event = (change: object = {}) => ({
    accountId: ACCOUNT_ID,
    subscriptionId: 'sub-1',
    type: 'matter.updated',
    source: 'Smokeball',
    payload: { id: 'm-1' },
    timestamp: 638609288928990639,
    ...change,
  });
  const send = async (sent: Sent = {}, hook = hookId) => {
    const timestamp = sent.timestamp ?? String(nowTicks(sent.atMs ?? one.clock.nowMs()));
    const requestId = sent.requestId ?? randomUUID();
    const signature =
      sent.signature ??
      signSmokeballWebhook(sent.key ?? HOOK_KEY, { timestamp, requestId, clientId: sent.clientId ?? CLIENT_ID });
    const headers: Record<string, string> = {
      timestamp,
      requestid: requestId,
      signature,
      'content-type': sent.contentType ?? 'application/json',
    };
    if (sent.without) Reflect.deleteProperty(headers, sent.without);
    const answer = await one.app.inject({
      method: 'POST',
      url: `/hooks/smokeball/${hook}`,
      headers,
      payload: sent.raw ?? JSON.stringify(sent.body ?? event()),
    });
    return { status: answer.statusCode, body: answer.json<{ error?: { code: string }; data?: unknown }>() };
  };
  const stored = async () =>
    await one.database.query<{
      type: string;
      state: string;
      note: string | null;
      resource_id: string | null;
      request_id: string | null;
    }>('select type, state, note, resource_id, request_id from events_in where firm_id = $1 order by received_at, id', [
      firmId,
    ]);

  it('are stored before they are answered', async () => {
    expect(await send({ requestId: 'r-1' })).toMatchObject({ status: 200 });
    expect(await stored()).toEqual([
      { type: 'matter.updated', state: 'pending', note: null, resource_id: 'm-1', request_id: 'r-1' },
    ]);
    const [row] = await one.database.query<{ body_enc: Buffer }>('select body_enc from events_in where firm_id = $1', [
      firmId,
    ]);
    expect(row?.body_enc.includes('matter')).toBe(false);
  });

  // Both examples that Smokeball publishes, with the keys and client ids they were signed with.
  it.each([
    [
      'plugins page',
      '638609288928990639',
      'e56f2c3f-b6de-4310-a7a2-c139d62f9711',
      'lou1qnn0llav95f',
      '58817681863148b0e624c00f3094f99e1af31cd7b99a3c2e0655d64a2764d650',
    ],
    [
      'webhooks page',
      '637558795239278688',
      '38583489-09c4-49ef-b58c-ef1b34208cca',
      'lou1qnn0llav95',
      'feb4b838a272884f6d2c2580b2c7ebb0b2f725b90e8baa6f9b5e1a17a9faec2d',
    ],
  ])('take the published delivery of the %s', async (_name, timestamp, requestId, clientId, signature) => {
    const published = await startApp({ beside: one, env: { SMOKEBALL_CLIENT_ID: clientId } });
    const key = published.get(FieldCipher).sealText(connectionPlace(firmId, 'hook_key_enc'), 'ei7641529ue420n8b9aa');
    await one.database.query('update connections set hook_key_enc = $2 where firm_id = $1', [firmId, key]);
    one.clock.advance(dateFromTicks(BigInt(timestamp)).getTime() - one.clock.nowMs());
    const headers = { timestamp, requestid: requestId, signature, 'content-type': 'application/json' };
    const post = (change: object) =>
      published.app.inject({
        method: 'POST',
        url: `/hooks/smokeball/${hookId}`,
        headers: { ...headers, ...change },
        payload: JSON.stringify(event()),
      });
    expect((await post({})).statusCode).toBe(200);
    expect((await post({ signature: signature.replace('8', '9') })).statusCode).toBe(401);
    expect(await stored()).toHaveLength(1);
    await published.close();
  });

  const refused: readonly [string, () => Sent, number, string][] = [
    ['no signature', () => ({ without: 'signature' }), 401, 'bad_signature'],
    ['no timestamp', () => ({ without: 'timestamp' }), 401, 'bad_signature'],
    ['no request id', () => ({ without: 'requestid' }), 401, 'bad_signature'],
    ['an empty signature', () => ({ signature: '' }), 401, 'bad_signature'],
    ['another key', () => ({ key: 'other' }), 401, 'bad_signature'],
    ['another client id', () => ({ clientId: 'other' }), 401, 'bad_signature'],
    ['a signature of another kind', () => ({ signature: 'sha256=abc' }), 401, 'bad_signature'],
    ['a timestamp that is no number', () => ({ timestamp: 'today' }), 401, 'bad_signature'],
    ['301 s old', () => ({ atMs: one.clock.nowMs() - 301_000 }), 401, 'stale_timestamp'],
    ['301 s ahead', () => ({ atMs: one.clock.nowMs() + 301_000 }), 401, 'stale_timestamp'],
    ['signed but not JSON', () => ({ raw: '{"accountId":' }), 400, 'bad_request'],
    ['signed but empty', () => ({ raw: '' }), 400, 'bad_request'],
  ];
  it.each(refused)('refuse %s and store nothing', async (_name, sent, status, code) => {
    expect(await send(sent())).toMatchObject({ status, body: { error: { code } } });
    expect(await stored()).toEqual([]);
  });

  it.each([-299_000, 299_000])('take what was signed %i ms from now', async (distance) => {
    expect((await send({ atMs: one.clock.nowMs() + distance })).status).toBe(200);
  });

  it('take the firm’s own tolerance', async () => {
    await one.database.query(`update firms set settings = '{"tolerance_s": 30}' where firm_id = $1`, [firmId]);
    expect((await send({ atMs: one.clock.nowMs() - 31_000 })).status).toBe(401);
    expect((await send({ atMs: one.clock.nowMs() - 29_000 })).status).toBe(200);
  });

  it('of an unknown hook are not found, with a good signature too', async () => {
    expect(await send({}, 'hook_nobody')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  });

  it('signed with another firm’s key are refused', async () => {
    const other = await one.firm();
    const theirs = await one.connect(other.firmId);
    const key = one.get(FieldCipher).sealText(connectionPlace(other.firmId, 'hook_key_enc'), 'their-key');
    await one.database.query('update connections set hook_key_enc = $2 where firm_id = $1', [other.firmId, key]);
    expect((await send({}, theirs)).status).toBe(401);
    expect((await send({ key: 'their-key' })).status).toBe(401);
  });

  it('after a disconnect are not found', async () => {
    await one.database.query(`update connections set state = 'disconnected', hook_key_enc = null where firm_id = $1`, [
      firmId,
    ]);
    expect((await send()).status).toBe(404);
  });

  it('that name another account are kept and ignored', async () => {
    expect((await send({ body: event({ accountId: 'stranger' }) })).status).toBe(200);
    expect(await stored()).toMatchObject([{ state: 'ignored', note: 'it names another account' }]);
  });

  it('of matter types name no account of ours and are taken', async () => {
    await send({ body: event({ accountId: 'catalogue', type: 'mattertype.updated' }) });
    expect(await stored()).toMatchObject([{ state: 'pending', type: 'mattertype.updated' }]);
  });

  it('repeated are stored once, whatever the moment and the request id of the repeat', async () => {
    expect((await send({ requestId: 'r-1' })).body).toMatchObject({ data: { stored: true } });
    one.clock.advance(60_000);
    expect(await send({ requestId: 'r-1' })).toMatchObject({ status: 200, body: { data: { stored: false } } });
    expect(await send({ requestId: 'r-2' })).toMatchObject({ status: 200, body: { data: { stored: false } } });
    expect(await stored()).toHaveLength(1);
  });

  it('repeated ten times at once are stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send({ requestId: 'r-1' })));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await stored()).toHaveLength(1);
  });

  it('that share one request id are all stored: one call of ours causes several', async () => {
    const requestId = 'op_1';
    for (const change of [
      {},
      { type: 'files.updated' },
      { payload: { id: 'm-2' } },
      { payload: { id: 'm-1', cursor: 'c' } },
    ])
      await send({ requestId, body: event(change) });
    // One tick later, which a number of JavaScript could not tell apart.
    await send({
      requestId,
      raw: JSON.stringify(event()).replace(/"timestamp":\d+/, '"timestamp":638609288928990641'),
    });
    expect(await stored()).toHaveLength(5);
  });

  it('of a shape that nobody knows are kept and ignored', async () => {
    expect((await send({ body: ['what'] })).status).toBe(200);
    expect(await stored()).toMatchObject([{ type: 'unreadable', state: 'ignored' }]);
  });

  it('are taken whatever their content type', async () => {
    expect((await send({ contentType: 'text/plain' })).status).toBe(200);
    expect(await stored()).toHaveLength(1);
  });

  it.each<[string, Sent]>([
    ['type', { body: { accountId: ACCOUNT_ID, type: 'matter\u0000updated', payload: {} } }],
    ['id', { body: { accountId: ACCOUNT_ID, type: 'matter.updated', payload: { id: '\u0000' } } }],
  ])('with a character in the %s that PostgreSQL cannot hold are the sender’s fault', async (_name, sent) => {
    expect((await send(sent)).status).toBe(400);
  });
});
