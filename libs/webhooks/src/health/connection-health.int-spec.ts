import type { ConnectionHealth as HealthAnswer } from '@matterline/contracts';
import { connectionHealthSchema } from '@matterline/contracts';
import { NEEDED_SCOPES } from '@matterline/auth';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeAnswer, type FakeServer, json, reset, startFakeServer } from '../../../../config/testing/stand-in';
import { Inbox } from '../inbox';

const DAY_MS = 86_400_000;
const HEALTH = '/api/v1/integrations/smokeball/health';

describe('the health of a connection', () => {
  let one: AppUnderTest;
  let smokeball: FakeServer;
  let firmId: string;
  let apiKey: string;
  let notify: FakeAnswer;

  beforeAll(async () => {
    smokeball = await startFakeServer();
    smokeball.answer((request, ...rest) => {
      if (/\/notify$/.test(request.url)) return notify(request, ...rest);
      if (request.url.startsWith('/api/webhooks/types')) return json(200, { value: ['error'] })(request, ...rest);
      if (request.url.startsWith('/api/webhooks') && request.method === 'GET')
        return json(200, { value: [] })(request, ...rest);
      return json(200, { id: 'sub-2' })(request, ...rest);
    });
    one = await startApp({ smokeballUrl: smokeball.url });
  });
  beforeEach(async () => {
    ({ firmId, apiKey } = await one.firm());
    notify = json(200, {});
  });
  afterAll(async () => {
    await one.close();
    await smokeball.close();
  });

  const get = async (): Promise<HealthAnswer> => {
    const answer = await one.app.inject({ method: 'GET', url: HEALTH, headers: { 'x-api-key': apiKey } });
    expect(answer.statusCode).toBe(200);
    return connectionHealthSchema.strict().parse(answer.json<{ data: unknown }>().data);
  };
  const test = () => one.app.inject({ method: 'POST', url: `${HEALTH}/test-event`, headers: { 'x-api-key': apiKey } });
  const set = (sets: string, ...values: unknown[]) =>
    one.database.query(`update connections set ${sets} where firm_id = $1`, [firmId, ...values]);
  const connect = async () => {
    await one.connect(firmId);
    await set(`subscription_id = 'sub-1', hook_types = '{error}', refresh_expires_at = $2`, one.clock.in(20 * DAY_MS));
  };
  const arrive = (requestId: string) =>
    one.inFirm(firmId, (scope) =>
      one.get(Inbox).store(scope, {
        source: 'smokeball',
        type: 'noop',
        resourceId: 'sub-1',
        requestId,
        body: Buffer.from('{}'),
        dedupe: [requestId],
      }),
    );

  it('of a firm that never connected says so and claims nothing', async () => {
    expect(await get()).toMatchObject({
      state: 'disconnected',
      token: { connected_at: null, issued_at: null, refresh_expires_at: null, days_left: null },
      subscription: { state: 'disabled', id: null, held: [], missing_since: null },
      last_event_at: null,
      last_reconcile_at: null,
      scopes: { granted: null, missing: [] },
      test_event: null,
    });
  });

  it('says when the sign-in began and ends, what is registered, and how the gate stands', async () => {
    const now = one.clock.now().toISOString();
    await connect();
    const health = await get();
    expect(health).toMatchObject({
      state: 'connected',
      token: {
        connected_at: now,
        issued_at: now,
        refresh_expires_at: one.clock.in(20 * DAY_MS).toISOString(),
        days_left: 20,
      },
      subscription: { state: 'active', id: 'sub-1', held: ['error'], missing_since: null },
      rate_gate: { away_since: null, asked_again_in_ms: 0, slowdown: 1, waiting: 0 },
    });
    expect(health.subscription.wanted).toEqual(expect.arrayContaining(['error', 'matter.updated']));
  });

  it('says since when events are not registered', async () => {
    await connect();
    const since = one.clock.now();
    await set(`hook_state = 'missing', hook_good_at = $2`, since);
    expect((await get()).subscription).toMatchObject({
      state: 'missing',
      missing_since: since.toISOString(),
      held: [],
    });
  });

  it.each([
    ['all that is needed', [...NEEDED_SCOPES], []],
    ['all but one', NEEDED_SCOPES.filter((scope) => scope !== 'documents/write'), ['documents/write']],
    ['more than is needed', [...NEEDED_SCOPES, 'tasks/write'], []],
  ])('compares rights: %s', async (_name, granted, missing) => {
    await connect();
    await set('scopes = $2', granted);
    const { scopes } = await get();
    expect(scopes.granted).toEqual([...granted].sort());
    expect(scopes.missing).toEqual(missing);
  });

  it('follows a test event from asking to arrival', async () => {
    await connect();
    const sentAt = one.clock.now().toISOString();
    smokeball.seen.length = 0;
    const asked = await test();
    expect(asked.statusCode).toBe(202);
    const { id } = asked.json<{ data: { id: string } }>().data;
    const [call] = smokeball.seen;
    expect([call?.method, call?.url, call?.headers['requestid']]).toEqual(['POST', '/api/webhooks/sub-1/notify', id]);
    expect((await get()).test_event).toEqual({ id, sent_at: sentAt, received_at: null, round_trip_ms: null });
    one.clock.advance(1_234);
    await arrive(id);
    const receivedAt = one.clock.now().toISOString();
    one.clock.advance(5_000);
    expect((await get()).test_event).toEqual({ id, sent_at: sentAt, received_at: receivedAt, round_trip_ms: 1_234 });
  });

  it('does not take an earlier test for the newest', async () => {
    await connect();
    const first = (await test()).json<{ data: { id: string } }>().data.id;
    await arrive(first);
    one.clock.advance(1_000);
    await test();
    expect((await get()).test_event?.received_at).toBeNull();
  });

  it.each([
    ['is not connected', () => Promise.resolve(), 409],
    [
      'has no registration',
      async () => {
        await connect();
        await set(`hook_state = 'missing'`);
      },
      409,
    ],
    [
      'has one that Smokeball does not know any more',
      async () => {
        await connect();
        notify = json(404, {});
      },
      409,
    ],
    [
      'asks while Smokeball is away',
      async () => {
        await connect();
        notify = json(503, {});
      },
      503,
    ],
  ])('refuses a test of a firm that %s', async (_name, arrange, status) => {
    await arrange();
    expect((await test()).statusCode).toBe(status);
  });

  it('a registration that a test found gone is made again at once', async () => {
    await connect();
    notify = json(404, {});
    await test();
    expect((await get()).subscription).toMatchObject({ state: 'active', id: 'sub-2' });
  });

  it('a test whose answer is lost may still arrive', async () => {
    await connect();
    notify = reset;
    expect((await test()).statusCode).toBe(202);
  });
});
