import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { ConnectionListeners, type ExpiryNotice } from './connection-listeners';
import { ConnectionRecords } from './connection-records';
import { daysUntil, ExpiryForecast, thresholdOf } from './expiry-forecast';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

describe('the forecast of a sign-in’s end', () => {
  let one: AppUnderTest;
  let two: AppUnderTest;
  let firmId: string;
  let told: (ExpiryNotice & { readonly firmId: string })[];
  let listening: () => Promise<void>;
  let end: Date;

  beforeAll(async () => {
    one = await startApp();
    two = await startApp({ beside: one });
    for (const at of [one, two])
      at.get(ConnectionListeners).register({
        expiring: async (of, notice) => {
          await listening();
          told.push({ firmId: of, ...notice });
        },
      });
  });
  beforeEach(async () => {
    told = [];
    listening = () => Promise.resolve();
    ({ firmId } = await one.firm());
    await begin();
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const begin = async () => {
    await one.inFirm(firmId, (scope) =>
      one.get(ConnectionRecords).begin(scope, {
        accountId: 'acc-1',
        firmName: 'Firm',
        tokens: { accessToken: 'a', refreshToken: 'r', expiresInS: 3600 },
        userId: 'usr_1',
      }),
    );
    end = new Date(one.clock.nowMs() + one.config.refreshLifetimeMs);
  };
  const moveTo = (msBeforeEnd: number) => one.clock.advance(end.getTime() - msBeforeEnd - one.clock.nowMs());
  const look = (at = one) => at.get(ExpiryForecast).look(firmId);
  const days = () => told.map(({ daysLeft }) => daysLeft);

  const left: readonly [string, number, number | null][] = [
    ['more than 14 days', 14 * DAY_MS + 1, null],
    ['14 days', 14 * DAY_MS, 14],
    ['7 days and a moment', 7 * DAY_MS + 1, 14],
    ['7 days', 7 * DAY_MS, 7],
    ['3 days', 3 * DAY_MS, 3],
    ['1 day', DAY_MS, 1],
    ['one millisecond', 1, 1],
  ];
  it.each(left)('with %s left', (_name, ms, threshold) => {
    const now = new Date('2026-03-07T14:00:00Z');
    expect(thresholdOf(daysUntil(new Date(now.getTime() + ms), now.getTime()))).toBe(threshold);
  });

  it('is told at 14, 7, 3 and 1 days, once each, however often it is looked at', async () => {
    for (let quarter = 20 * 4; quarter >= 1; quarter -= 1) {
      moveTo((quarter * DAY_MS) / 4);
      await look();
    }
    expect(days()).toEqual([14, 7, 3, 1]);
    expect(told[0]).toEqual({ firmId, daysLeft: 14, expiresAt: end });
  });

  it('is told once when two processes look at the same moment', async () => {
    moveTo(7 * DAY_MS);
    listening = () => new Promise((resolve) => setTimeout(resolve, 30));
    await Promise.all([one, two, one, two].map((at) => look(at)));
    await look(two);
    expect(days()).toEqual([7]);
  });

  it('that was slept through is told for the nearest day only', async () => {
    moveTo(2 * DAY_MS);
    await look();
    await look();
    expect(days()).toEqual([2]);
  });

  it('begins anew with a new sign-in', async () => {
    moveTo(DAY_MS);
    await look();
    await begin();
    await look();
    moveTo(14 * DAY_MS);
    await look();
    expect(days()).toEqual([1, 14]);
  });

  it('is told at the next look when the one told could not take it', async () => {
    moveTo(3 * DAY_MS);
    listening = () => Promise.reject(new Error('not now'));
    await expect(look()).rejects.toThrow('not now');
    listening = () => Promise.resolve();
    await look();
    expect(days()).toEqual([3]);
  });

  it.each(['disconnected', 'needs_reauth'])('is not made for a firm that is %s', async (state) => {
    moveTo(DAY_MS);
    await one.database.query('update connections set state = $2 where firm_id = $1', [firmId, state]);
    await look();
    expect(told).toEqual([]);
  });

  it('is not made once it is over', async () => {
    moveTo(-MINUTE_MS);
    await look();
    expect(told).toEqual([]);
  });

  it('reaches CaseHug as connection.expiring, once a threshold', async () => {
    for (const at of [14, 13, 7, 3, 1]) {
      moveTo(at * DAY_MS);
      await look();
      await look(two);
    }
    const events = await one.database.query<{ type: string; dedupe_key: string }>(
      'select type, dedupe_key from events_out where firm_id = $1 order by position',
      [firmId],
    );
    expect(events).toEqual(
      [14, 7, 3, 1].map((at) => ({
        type: 'connection.expiring',
        dedupe_key: `connection.expiring/${end.toISOString()}/${at}`,
      })),
    );
  });
});
