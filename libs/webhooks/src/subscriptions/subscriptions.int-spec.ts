import { ConnectionListeners } from '@matterline/auth';
import { type AppUnderTest, HOOK_KEY, startApp } from '../../../../config/testing/app-under-test';
import { type FakeServer, reset, startFakeServer } from '../../../../config/testing/stand-in';
import { FakeSubscriptions } from './testing/fake-subscriptions';
import { EventHandlers } from '../event-handlers';
import { SubscriptionListeners } from './subscription-listeners';
import { Subscriptions } from './subscriptions';
import { Watchdog } from './watchdog';

describe('the subscription of a firm', () => {
  let one: AppUnderTest;
  let smokeball: FakeServer;
  let restored: { firmId: string; since: Date }[];
  let listening: () => Promise<void>;
  const fake = new FakeSubscriptions();
  const { answer } = fake;
  let firmId: string;
  let url: string;

  beforeAll(async () => {
    smokeball = await startFakeServer();
    smokeball.answer(answer);
    one = await startApp({ smokeballUrl: smokeball.url });
    one.get(SubscriptionListeners).register({
      restored: async (of, { since }) => {
        await listening();
        restored.push({ firmId: of, since });
      },
    });
  });
  beforeEach(async () => {
    fake.reset();
    restored = [];
    listening = () => Promise.resolve();
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
    expect(fake.held).toEqual([
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
    for (const type of fake.held[0]?.eventTypes ?? []) expect(wanted).toContain(type);
    expect(await connection()).toEqual({ hook_state: 'active', subscription_id: 'sub-1' });
  });

  it('is never made twice, and nothing is written when all is well', async () => {
    await ensure();
    smokeball.seen.length = 0;
    expect(await ensure()).toBe('active');
    expect(fake.held).toHaveLength(1);
    expect(calls()).toEqual(['GET /webhooks/types', 'GET /webhooks']);
  });

  it('is found again by its address after a sign-in, and given the key anew', async () => {
    fake.held = [{ id: 'sub-old', eventTypes: ['matter.created'], eventNotificationUrl: url, key: 'lost' }];
    expect(await ensure()).toBe('active');
    expect(fake.held).toMatchObject([
      { id: 'sub-old', key: HOOK_KEY, eventTypes: expect.arrayContaining(['error', 'matter.updated']) },
    ]);
  });

  it('of somebody else is left alone', async () => {
    const theirs = {
      id: 'sub-theirs',
      eventTypes: ['matter.created'],
      eventNotificationUrl: 'https://elsewhere.example/hook',
    };
    fake.held = [theirs];
    await ensure();
    expect(fake.held[0]).toEqual(theirs);
    expect(fake.held).toHaveLength(2);
  });

  it('is made again when it has vanished', async () => {
    await ensure();
    fake.held = [];
    expect(await ensure()).toBe('active');
    expect(fake.held).toHaveLength(1);
  });

  it.each(['GET /webhooks/types', 'GET /webhooks', 'POST /webhooks'])(
    'is missing while Smokeball does not answer %s, and stands when it does',
    async (call) => {
      fake.broken = call;
      expect(await ensure()).toBe('missing');
      expect(await connection()).toMatchObject({ hook_state: 'missing' });
      fake.broken = null;
      expect(await ensure()).toBe('active');
      expect(fake.held).toHaveLength(1);
    },
  );

  it('goes when the firm disconnects', async () => {
    await ensure();
    await one.get(ConnectionListeners).disconnecting(firmId);
    expect(fake.held).toEqual([]);
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

  it('is made once when two processes look at the same moment', async () => {
    const two = await startApp({ beside: one });
    fake.slowMs = 30;
    await Promise.all([one, two, one, two].map((at) => at.get(Subscriptions).ensure(firmId)));
    expect(fake.made).toBe(1);
    expect(await ensure()).toBe('active');
    expect(fake.held).toHaveLength(1);
    await two.close();
  });

  it('is looked for again when the answer of making it is lost: there is one', async () => {
    fake.lost = 'POST /webhooks';
    expect(await ensure()).toBe('active');
    expect(fake.made).toBe(1);
    expect(await connection()).toEqual({ hook_state: 'active', subscription_id: 'sub-1' });
    fake.lost = null;
    expect(await ensure()).toBe('active');
    expect(fake.held).toHaveLength(1);
  });

  it('is found at the next look when its answer and the look after it were lost', async () => {
    fake.lost = 'POST /webhooks';
    smokeball.answer((request, ...rest) => {
      const isSecondLook = request.method === 'GET' && /webhooks(\?|$)/.test(request.url) && fake.made === 1;
      (isSecondLook ? reset : answer)(request, ...rest);
    });
    expect(await ensure()).toBe('missing');
    smokeball.answer(answer);
    fake.lost = null;
    expect(await ensure()).toBe('active');
    expect(fake.made).toBe(1);
    expect(restored).toHaveLength(1);
  });

  it('loses its double, made by processes out of step; the one we know is kept, and others’ are left alone', async () => {
    await ensure();
    const [known] = fake.held;
    if (!known) throw new Error('none was made');
    const theirs = { ...known, id: 'sub-theirs', eventNotificationUrl: `${url}/other` };
    fake.held = [{ ...known, id: 'sub-0' }, theirs, known, { ...known, id: 'sub-9' }];
    expect(await ensure()).toBe('active');
    expect(fake.held.map(({ id }) => id)).toEqual(['sub-theirs', known.id]);
  });

  it.each([
    ['types were taken away', () => (fake.held = fake.held.map((one) => ({ ...one, eventTypes: ['error'] })))],
    [
      'our key is a new one',
      () => one.database.query('update connections set hook_key_enc = null where firm_id = $1', [firmId]),
    ],
  ])('is written again when %s', async (_name, change) => {
    await ensure();
    await change();
    smokeball.seen.length = 0;
    expect(await ensure()).toBe('active');
    expect(calls()).toEqual(['GET /webhooks/types', 'GET /webhooks', 'PUT /webhooks/sub-1']);
    expect(fake.held[0]?.eventTypes).toContain('matter.updated');
    expect(typeof fake.held[0]?.key).toBe('string');
  });

  it('that vanishes between look and change is made again', async () => {
    await ensure();
    fake.held = fake.held.map((one) => ({ ...one, eventTypes: ['error'] }));
    smokeball.answer((request, ...rest) => {
      if (request.method === 'PUT') fake.held = [];
      answer(request, ...rest);
    });
    expect(await ensure()).toBe('active');
    smokeball.answer(answer);
    expect(fake.held).toHaveLength(1);
    expect(fake.made).toBe(2);
  });

  it('is found on whatever page of the list it stands', async () => {
    const others = Array.from({ length: 501 }, (_, at) => ({
      id: `other-${at}`,
      eventTypes: ['error'],
      eventNotificationUrl: `https://elsewhere.example/${at}`,
    }));
    await ensure();
    fake.held = [...others, ...fake.held];
    expect(await ensure()).toBe('active');
    expect(fake.made).toBe(1);
  });

  it('deleted by somebody is back within six minutes', async () => {
    await one.get(Watchdog).look();
    fake.held = [];
    for (let minute = 0; minute < 5; minute += 1) {
      one.clock.advance(60_000);
      await one.get(Watchdog).look();
    }
    expect(fake.held).toHaveLength(1);
  });

  it('is given up by a look during which somebody signs in, whose own look makes it', async () => {
    smokeball.answer((request, ...rest) => {
      if (request.url.includes('/types'))
        void one.database
          .query('update connections set hook_lease = null, hook_lease_until = null where firm_id = $1', [firmId])
          .then(() => answer(request, ...rest));
      else answer(request, ...rest);
    });
    await ensure();
    expect(fake.made).toBe(0);
    smokeball.answer(answer);
    expect(await ensure()).toBe('active');
  });
});
