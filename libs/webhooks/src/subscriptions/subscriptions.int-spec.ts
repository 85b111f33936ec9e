import { ConnectionListeners } from '@matterline/auth';
import { type AppUnderTest, HOOK_KEY, startApp } from '../../../../config/testing/app-under-test';
import { type FakeAnswer, type FakeServer, json, startFakeServer } from '../../../../config/testing/stand-in';
import { EventHandlers } from '../event-handlers';
import { Subscriptions } from './subscriptions';
import { Watchdog } from './watchdog';

interface Subscription {
  readonly id: string;
  readonly name?: string;
  readonly key?: string;
  readonly eventTypes: string[];
  readonly eventNotificationUrl: string;
}

const OFFERED = [
  'noop',
  'error',
  'matter.created',
  'matter.updated',
  'contact.created',
  'contact.updated',
  'files.updated',
  'invoice.updated',
];

describe('the subscription of a firm', () => {
  let one: AppUnderTest;
  let smokeball: FakeServer;
  let held: Subscription[];
  let broken: string | null;
  let firmId: string;
  let url: string;

  /** The part of Smokeball that keeps subscriptions. */
  const answer: FakeAnswer = (request, ...rest) => {
    const path = request.url.replace(/\?.*/, '').replace('/api', '');
    if (broken === `${request.method} ${path}`) return json(503, {})(request, ...rest);
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Omit<Subscription, 'id'>);
    const reply = (value: unknown, status = 200) => json(status, value)(request, ...rest);
    if (path === '/webhooks/types') return reply({ value: OFFERED });
    if (request.method === 'GET')
      return reply({
        value: held.map(({ key: _hidden, ...shown }) => shown),
        size: held.length,
        offset: 0,
        limit: 500,
      });
    if (request.method === 'POST') {
      const made = { id: `sub-${held.length + 1}`, ...body } as Subscription;
      held.push(made);
      return reply(made);
    }
    const id = path.split('/').at(-1);
    const at = held.findIndex((one) => one.id === id);
    if (request.method === 'PUT') held[at] = { ...body, id: id ?? '' } as Subscription;
    else held.splice(at, 1);
    return reply({ id });
  };

  beforeAll(async () => {
    smokeball = await startFakeServer();
    smokeball.answer(answer);
    one = await startApp({ smokeballUrl: smokeball.url });
  });
  beforeEach(async () => {
    held = [];
    broken = null;
    await one.database.query(`update connections set state = 'disconnected'`);
    ({ firmId } = await one.firm());
    url = `http://matterline.test/hooks/smokeball/${await one.connect(firmId, { hookState: 'pending' })}`;
    smokeball.seen.length = 0;
  });
  afterAll(async () => {
    await one.close();
    await smokeball.close();
  });

  const ensure = () => one.get(Subscriptions).ensure(firmId);
  const connection = async () =>
    (
      await one.database.query<{ hook_state: string; subscription_id: string | null }>(
        'select hook_state, subscription_id from connections where firm_id = $1',
        [firmId],
      )
    )[0];
  const calls = () =>
    smokeball.seen.map(({ method, url: path }) => `${method} ${path.replace(/\?.*/, '').replace('/api', '')}`);

  it('is made with our key, at our address, for what we handle and Smokeball offers', async () => {
    expect(await ensure()).toBe('active');
    expect(held).toEqual([
      {
        id: 'sub-1',
        name: 'Matterline',
        key: HOOK_KEY,
        eventNotificationUrl: url,
        eventTypes: [
          'contact.created',
          'contact.updated',
          'error',
          'files.updated',
          'matter.created',
          'matter.updated',
        ],
      },
    ]);
    const wanted = new Set(['error', ...one.get(EventHandlers).smokeballTypes()]);
    for (const type of held[0]?.eventTypes ?? []) expect(wanted).toContain(type);
    expect(await connection()).toEqual({ hook_state: 'active', subscription_id: 'sub-1' });
  });

  it('is never made twice, and nothing is written when all is well', async () => {
    await ensure();
    smokeball.seen.length = 0;
    expect(await ensure()).toBe('active');
    expect(held).toHaveLength(1);
    expect(calls()).toEqual(['GET /webhooks/types', 'GET /webhooks']);
  });

  it('is found again by its address after a sign-in, and given the key anew', async () => {
    held = [{ id: 'sub-old', eventTypes: ['matter.created'], eventNotificationUrl: url, key: 'lost' }];
    expect(await ensure()).toBe('active');
    expect(held).toMatchObject([
      { id: 'sub-old', key: HOOK_KEY, eventTypes: expect.arrayContaining(['error', 'matter.updated']) },
    ]);
  });

  it('of somebody else is left alone', async () => {
    const theirs = {
      id: 'sub-theirs',
      eventTypes: ['matter.created'],
      eventNotificationUrl: 'https://elsewhere.example/hook',
    };
    held = [theirs];
    await ensure();
    expect(held[0]).toEqual(theirs);
    expect(held).toHaveLength(2);
  });

  it('is made again when it has vanished', async () => {
    await ensure();
    held = [];
    expect(await ensure()).toBe('active');
    expect(held).toHaveLength(1);
  });

  it.each(['GET /webhooks/types', 'GET /webhooks', 'POST /webhooks'])(
    'is missing while Smokeball does not answer %s, and stands when it does',
    async (call) => {
      broken = call;
      expect(await ensure()).toBe('missing');
      expect(await connection()).toMatchObject({ hook_state: 'missing' });
      broken = null;
      expect(await ensure()).toBe('active');
      expect(held).toHaveLength(1);
    },
  );

  it('goes when the firm disconnects', async () => {
    await ensure();
    await one.get(ConnectionListeners).disconnecting(firmId);
    expect(held).toEqual([]);
  });

  it('is not asked for when the firm is not connected', async () => {
    await one.database.query(`update connections set state = 'needs_reauth' where firm_id = $1`, [firmId]);
    expect(await ensure()).toBe('disabled');
    expect(calls()).toEqual([]);
  });

  it('is looked at by one process in each interval', async () => {
    const two = await startApp({ beside: one });
    await one.get(Watchdog).look();
    await two.get(Watchdog).look();
    expect(calls().filter((call) => call === 'POST /webhooks')).toHaveLength(1);
    const looked = calls().length;
    one.clock.advance(299_000);
    await two.get(Watchdog).look();
    expect(calls().length).toBeGreaterThan(looked);
    await two.close();
  });
});
