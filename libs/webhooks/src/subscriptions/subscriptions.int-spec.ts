import { ConnectionListeners } from '@matterline/auth';
import { type AppUnderTest, HOOK_KEY, startApp } from '../../../../config/testing/app-under-test';
import { type FakeAnswer, type FakeServer, json, reset, startFakeServer } from '../../../../config/testing/stand-in';
import { EventHandlers } from '../event-handlers';
import { SubscriptionListeners } from './subscription-listeners';
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
  let made: number;
  let broken: string | null;
  /** Its answer is lost after it has taken effect. */
  let lost: string | null;
  /** Every answer takes this long. */
  let slowMs: number;
  let restored: { firmId: string; since: Date }[];
  let listening: () => Promise<void>;
  let firmId: string;
  let url: string;

  /** The part of Smokeball that keeps subscriptions. */
  const answer: FakeAnswer = (request, ...rest) => {
    const path = request.url.replace(/\?.*/, '').replace('/api', '');
    if (broken === `${request.method} ${path}`) return json(503, {})(request, ...rest);
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Omit<Subscription, 'id'>);
    const isLost = lost === `${request.method} ${path}`;
    const reply = (value: unknown, status = 200) =>
      void setTimeout(() => (isLost ? reset : json(status, value))(request, ...rest), slowMs);
    if (path === '/webhooks/types') return reply({ value: OFFERED });
    const offset = Number(new URLSearchParams(request.url.replace(/^[^?]*/, '')).get('Offset') ?? 0);
    if (request.method === 'GET')
      return reply({
        value: held.slice(offset, offset + 500).map(({ key: _hidden, ...shown }) => shown),
        size: held.length,
        offset,
        limit: 500,
      });
    if (request.method === 'POST') {
      made += 1;
      const subscription = { id: `sub-${made}`, ...body } as Subscription;
      held.push(subscription);
      return reply(subscription);
    }
    const id = path.split('/').at(-1);
    const at = held.findIndex((one) => one.id === id);
    if (at < 0) return reply({ message: 'Not found' }, 404);
    if (request.method === 'PUT') held[at] = { ...body, id: id ?? '' } as Subscription;
    else held.splice(at, 1);
    return reply({ id });
  };

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
    held = [];
    broken = null;
    lost = null;
    slowMs = 0;
    made = 0;
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

  it('is made once when two processes look at the same moment', async () => {
    const two = await startApp({ beside: one });
    slowMs = 30;
    await Promise.all([one, two, one, two].map((at) => at.get(Subscriptions).ensure(firmId)));
    expect(made).toBe(1);
    expect(await ensure()).toBe('active');
    expect(held).toHaveLength(1);
    await two.close();
  });

  it('is looked for again when the answer of making it is lost: there is one', async () => {
    lost = 'POST /webhooks';
    expect(await ensure()).toBe('active');
    expect(made).toBe(1);
    expect(await connection()).toEqual({ hook_state: 'active', subscription_id: 'sub-1' });
    lost = null;
    expect(await ensure()).toBe('active');
    expect(held).toHaveLength(1);
  });

  it('is found at the next look when its answer and the look after it were lost', async () => {
    lost = 'POST /webhooks';
    smokeball.answer((request, ...rest) => {
      const isSecondLook = request.method === 'GET' && /webhooks(\?|$)/.test(request.url) && made === 1;
      (isSecondLook ? reset : answer)(request, ...rest);
    });
    expect(await ensure()).toBe('missing');
    smokeball.answer(answer);
    lost = null;
    expect(await ensure()).toBe('active');
    expect(made).toBe(1);
    expect(restored).toHaveLength(1);
  });

  it('loses its double, made by processes out of step; the one we know is kept, and others’ are left alone', async () => {
    await ensure();
    const [known] = held;
    if (!known) throw new Error('none was made');
    const theirs = { ...known, id: 'sub-theirs', eventNotificationUrl: `${url}/other` };
    held = [{ ...known, id: 'sub-0' }, theirs, known, { ...known, id: 'sub-9' }];
    expect(await ensure()).toBe('active');
    expect(held.map(({ id }) => id)).toEqual(['sub-theirs', known.id]);
  });

  it.each([
    ['types were taken away', () => (held = held.map((one) => ({ ...one, eventTypes: ['error'] })))],
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
    expect(held[0]?.eventTypes).toContain('matter.updated');
    expect(typeof held[0]?.key).toBe('string');
  });

  it('that vanishes between look and change is made again', async () => {
    await ensure();
    held = held.map((one) => ({ ...one, eventTypes: ['error'] }));
    smokeball.answer((request, ...rest) => {
      if (request.method === 'PUT') held = [];
      answer(request, ...rest);
    });
    expect(await ensure()).toBe('active');
    smokeball.answer(answer);
    expect(held).toHaveLength(1);
    expect(made).toBe(2);
  });

  it('is found on whatever page of the list it stands', async () => {
    const others = Array.from({ length: 501 }, (_, at) => ({
      id: `other-${at}`,
      eventTypes: ['error'],
      eventNotificationUrl: `https://elsewhere.example/${at}`,
    }));
    await ensure();
    held = [...others, ...held];
    expect(await ensure()).toBe('active');
    expect(made).toBe(1);
  });

  it('deleted by somebody is back within six minutes', async () => {
    await one.get(Watchdog).look();
    held = [];
    for (let minute = 0; minute < 5; minute += 1) {
      one.clock.advance(60_000);
      await one.get(Watchdog).look();
    }
    expect(held).toHaveLength(1);
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
    expect(made).toBe(0);
    smokeball.answer(answer);
    expect(await ensure()).toBe('active');
  });

  describe('made again', () => {
    const HOUR_MS = 3600_000;
    let stood: Date;

    beforeEach(async () => {
      await ensure();
      stood = one.clock.now();
      one.clock.advance(HOUR_MS);
    });

    it('is told with the moment at which it was last seen, once', async () => {
      held = [];
      await ensure();
      await ensure();
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is told with the last event when that is newer', async () => {
      const last = new Date(stood.getTime() + 60_000);
      await one.database.query('update connections set last_event_at = $2 where firm_id = $1', [firmId, last]);
      held = [];
      await ensure();
      expect(restored).toEqual([{ firmId, since: last }]);
    });

    it('keeps the moment through looks that could not make it', async () => {
      held = [];
      broken = 'POST /webhooks';
      await ensure();
      one.clock.advance(HOUR_MS);
      await ensure();
      expect(restored).toEqual([]);
      broken = null;
      await ensure();
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is told after a sign-in that followed the end of the grant', async () => {
      held = [];
      await one.database.query(
        `update connections set state = 'needs_reauth', hook_state = 'missing' where firm_id = $1`,
        [firmId],
      );
      await ensure();
      one.clock.advance(HOUR_MS);
      await one.database.query(`update connections set state = 'connected' where firm_id = $1`, [firmId]);
      await one.get(ConnectionListeners).connected(firmId);
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is told again with the same moment when the one told could not take it', async () => {
      held = [];
      listening = () => Promise.reject(new Error('not now'));
      expect(await ensure()).toBe('active');
      listening = () => Promise.resolve();
      one.clock.advance(HOUR_MS);
      await ensure();
      await ensure();
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is not told while it stood all along and Smokeball only did not answer', async () => {
      broken = 'GET /webhooks';
      await ensure();
      broken = null;
      await ensure();
      expect(restored).toEqual([]);
    });
  });

  it('made for the first time is not told: nothing was missed', async () => {
    await ensure();
    expect(restored).toEqual([]);
  });

  it('made for the first time later than the sign-in is told from the sign-in on', async () => {
    const connectedAt = one.clock.now();
    broken = 'POST /webhooks';
    await ensure();
    one.clock.advance(60_000);
    broken = null;
    await ensure();
    expect(restored).toEqual([{ firmId, since: connectedAt }]);
  });
});
