import { ConnectionListeners } from '@matterline/auth';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { type FakeServer, startFakeServer } from '../../../../config/testing/stand-in';
import { FakeSubscriptions } from './testing/fake-subscriptions';
import { SubscriptionListeners } from './subscription-listeners';
import { Subscriptions } from './subscriptions';

describe('the subscription of a firm, missed for a while,', () => {
  let one: AppUnderTest;
  let smokeball: FakeServer;
  let restored: { firmId: string; since: Date }[];
  let listening: () => Promise<void>;
  const fake = new FakeSubscriptions();
  const { answer } = fake;
  let firmId: string;

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
    await one.connect(firmId, { hookState: 'pending' });
    smokeball.seen.length = 0;
  });
  afterAll(async () => {
    await one.close();
    await smokeball.close();
  });

  const ensure = () => one.get(Subscriptions).ensure(firmId);
  describe('made again', () => {
    const HOUR_MS = 3600_000;
    let stood: Date;

    beforeEach(async () => {
      await ensure();
      stood = one.clock.now();
      one.clock.advance(HOUR_MS);
    });

    it('is told with the moment at which it was last seen, once', async () => {
      fake.held = [];
      await ensure();
      await ensure();
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is told with the last event when that is newer', async () => {
      const last = new Date(stood.getTime() + 60_000);
      await one.database.query('update connections set last_event_at = $2 where firm_id = $1', [firmId, last]);
      fake.held = [];
      await ensure();
      expect(restored).toEqual([{ firmId, since: last }]);
    });

    it('keeps the moment through looks that could not make it', async () => {
      fake.held = [];
      fake.broken = 'POST /webhooks';
      await ensure();
      one.clock.advance(HOUR_MS);
      await ensure();
      expect(restored).toEqual([]);
      fake.broken = null;
      await ensure();
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is told after a sign-in that followed the end of the grant', async () => {
      fake.held = [];
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
      fake.held = [];
      listening = () => Promise.reject(new Error('not now'));
      expect(await ensure()).toBe('active');
      listening = () => Promise.resolve();
      one.clock.advance(HOUR_MS);
      await ensure();
      await ensure();
      expect(restored).toEqual([{ firmId, since: stood }]);
    });

    it('is not told while it stood all along and Smokeball only did not answer', async () => {
      fake.broken = 'GET /webhooks';
      await ensure();
      fake.broken = null;
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
    fake.broken = 'POST /webhooks';
    await ensure();
    one.clock.advance(60_000);
    fake.broken = null;
    await ensure();
    expect(restored).toEqual([{ firmId, since: connectedAt }]);
  });
});
