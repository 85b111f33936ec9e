import { createHmac } from 'node:crypto';
import { deskUnderTest, type DeskUnderTest } from '../testing/desk-under-test';
import { verifyNotification } from './verify-notification';

const KEY = Buffer.from('the signing key of this receiver');
const SECRET = `whsec_${KEY.toString('base64')}`;

/** Standard Webhooks, written out here once more: HMAC-SHA256 over `{id}.{seconds}.{body}`, base64, with the decoded key. */
function signed(id: string, seconds: number, body: string, key: Buffer = KEY): Record<string, string> {
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

const NOW_S = Math.floor(Date.now() / 1000);
const BODY = '{"test": 2432232314}';

describe('verifyNotification', () => {
  it('agrees with the example that the Standard Webhooks libraries share', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    expect(signed('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, BODY, key)['webhook-signature']).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  const cases = [
    {
      name: 'a good signature',
      headers: signed('msg_1', NOW_S, BODY),
      body: BODY,
      secret: SECRET,
      good: true,
      reason: '',
    },
    {
      name: 'a good one among several',
      headers: {
        ...signed('msg_1', NOW_S, BODY),
        'webhook-signature': `v1,${'A'.repeat(43)}= ${signed('msg_1', NOW_S, BODY)['webhook-signature']}`,
      },
      body: BODY,
      secret: SECRET,
      good: true,
      reason: '',
    },
    {
      name: 'another body',
      headers: signed('msg_1', NOW_S, BODY),
      body: `${BODY} `,
      secret: SECRET,
      good: false,
      reason: 'The signature does not fit the body and the secret.',
    },
    {
      name: 'another key',
      headers: signed('msg_1', NOW_S, BODY, Buffer.from('x')),
      body: BODY,
      secret: SECRET,
      good: false,
      reason: 'The signature does not fit the body and the secret.',
    },
    {
      name: 'an old signature',
      headers: signed('msg_1', NOW_S - 400, BODY),
      body: BODY,
      secret: SECRET,
      good: false,
      reason: 'The signature is older than five minutes.',
    },
    {
      name: 'a signature of tomorrow',
      headers: signed('msg_1', NOW_S + 400, BODY),
      body: BODY,
      secret: SECRET,
      good: false,
      reason: 'The signature is dated in the future.',
    },
    {
      name: 'no headers',
      headers: {},
      body: BODY,
      secret: SECRET,
      good: false,
      reason: 'The signature headers are missing.',
    },
    {
      name: 'no secret',
      headers: signed('msg_1', NOW_S, BODY),
      body: BODY,
      secret: undefined,
      good: false,
      reason: expect.stringContaining('not registered'),
    },
  ];

  it.each(cases)('judges $name', ({ headers, body, secret, good, reason }) => {
    expect(verifyNotification(secret, body, headers)).toEqual({ good, reason });
  });
});

describe('notifications at the CaseHug desk', () => {
  let desk: DeskUnderTest;
  const settings = (): object => ({ api_url: desk.matterline.url, api_key: 'ml_live_key', firm_id: 'firm_01' });
  const hooks = (...rows: object[]): object => ({ status: 200, body: { data: rows, pagination: { has_more: false } } });
  const receiverUrl = (): string => `${desk.url}/casehug/notifications`;

  beforeEach(async () => {
    desk = await deskUnderTest();
    desk.matterline.plan('GET /api/v1/webhooks', () => hooks() as never);
    desk.matterline.plan('POST /api/v1/webhooks', {
      status: 201,
      body: { data: { id: 'wh_1', signing_secret: SECRET } },
    });
    desk.matterline.plan('DELETE /api/v1/webhooks/', { status: 204 });
  });

  afterEach(() => desk.stop());

  const deliver = async (event: object, key = KEY): Promise<number> => {
    const body = JSON.stringify(event);
    const headers = signed((event as { id: string }).id, Math.floor(Date.now() / 1000), body, key);
    return (
      await fetch(receiverUrl(), { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } })
    ).status;
  };

  it('registers its receiver for every event', async () => {
    const { body } = await desk.call('PUT', '/_sim/casehug', settings());
    expect(body['receiver']).toEqual({ registered: true, url: receiverUrl(), problem: '' });
    const [post] = desk.matterline.sent('POST /api/v1/webhooks');
    expect(JSON.parse(post?.body.toString() ?? '')).toMatchObject({ url: receiverUrl(), events: ['*'] });
    expect(JSON.stringify(body)).not.toContain('ml_live_key');
  });

  it('does not register a second time while its registration stands', async () => {
    await desk.call('PUT', '/_sim/casehug', settings());
    desk.matterline.plan('GET /api/v1/webhooks', () => hooks({ id: 'wh_1', url: receiverUrl() }) as never);
    await desk.call('PUT', '/_sim/casehug', settings());
    expect(desk.matterline.sent('POST /api/v1/webhooks')).toHaveLength(1);
    expect(desk.matterline.sent('DELETE')).toHaveLength(0);
  });

  it('replaces a registration whose secret it does not know, and leaves those of others alone', async () => {
    desk.matterline.plan(
      'GET /api/v1/webhooks',
      () =>
        hooks(
          { id: 'wh_lost', url: receiverUrl() },
          { id: 'wh_other', url: 'https://elsewhere.example/hook' },
        ) as never,
    );
    await desk.call('PUT', '/_sim/casehug', settings());
    expect(desk.matterline.sent('DELETE').map((request) => request.path)).toEqual(['/api/v1/webhooks/wh_lost']);
    expect(desk.matterline.sent('POST /api/v1/webhooks')).toHaveLength(1);
  });

  it('registers again when Matterline has lost the registration', async () => {
    await desk.call('PUT', '/_sim/casehug', settings());
    await desk.call('POST', '/casehug/api/register');
    expect(desk.matterline.sent('POST /api/v1/webhooks')).toHaveLength(2);
  });

  it('says why it could not register', async () => {
    desk.matterline.plan('GET /api/v1/webhooks', {
      status: 503,
      body: { error: { code: 'unavailable', message: 'Starting.' } },
    });
    const { body } = await desk.call('PUT', '/_sim/casehug', settings());
    expect(body['receiver']).toMatchObject({
      registered: false,
      problem: 'Matterline cannot work right now: Starting.',
    });
  });

  it('keeps good and bad deliveries with their verdict, and marks a repeat', async () => {
    await desk.call('PUT', '/_sim/casehug', settings());
    const event = {
      id: 'evt_1',
      type: 'matter.linked',
      created_at: '2026-11-22T05:00:00.000Z',
      firm_id: 'firm_01',
      data: { matter_id: 'mat_1' },
    };
    expect(await deliver(event)).toBe(204);
    expect(await deliver(event, Buffer.from('wrong'))).toBe(401);
    expect(await deliver(event)).toBe(204);
    const { notifications } = (await desk.call('GET', '/casehug/api/notifications')).body;
    expect(notifications).toMatchObject([
      { seq: 3, type: 'matter.linked', matter_id: 'mat_1', signature_ok: true, repeat: true, body: event },
      { seq: 2, signature_ok: false, signature_problem: expect.stringContaining('does not fit'), repeat: false },
      { seq: 1, signature_ok: true, repeat: false },
    ]);
    await desk.call('DELETE', '/casehug/api/notifications');
    expect((await desk.call('GET', '/casehug/api/notifications')).body['notifications']).toEqual([]);
  });

  it('shows the newest told status beside the matter, whatever order the news came in', async () => {
    await desk.call('PUT', '/_sim/casehug', settings());
    await desk.call('POST', '/casehug/api/matters?send_as=none', { id: 'mat_1', title: 'T' });
    const told = (id: string, status: string, occurred_at: string): object => ({
      id,
      type: 'matter.status_changed',
      data: { matter_id: 'mat_1', status, occurred_at },
    });
    await deliver(told('evt_2', 'Closed', '2026-11-22T06:00:00.000Z'));
    await deliver(told('evt_1', 'Pending', '2026-11-22T05:00:00.000Z'));
    const { matters } = (await desk.call('GET', '/casehug/api/matters')).body;
    expect(matters).toMatchObject([{ id: 'mat_1', told_status: { status: 'Closed', at: '2026-11-22T06:00:00.000Z' } }]);
  });

  it('does not believe a status with a bad signature', async () => {
    await desk.call('PUT', '/_sim/casehug', settings());
    await desk.call('POST', '/casehug/api/matters?send_as=none', { id: 'mat_1', title: 'T' });
    await deliver(
      { id: 'evt_9', type: 'matter.status_changed', data: { matter_id: 'mat_1', status: 'Deleted' } },
      Buffer.from('wrong'),
    );
    expect((await desk.call('GET', '/casehug/api/matters')).body['matters']).toMatchObject([{ told_status: null }]);
  });
});
