import { overviewSchema } from '@matterline/contracts';
import { type AppUnderTest, startApp } from '../../../../config/testing/app-under-test';
import { Overview } from './overview';

const DAY_MS = 86_400_000;

describe('what needs a person', () => {
  let one: AppUnderTest;

  beforeAll(async () => {
    one = await startApp();
  });
  afterAll(() => one.close());

  const days: readonly [number, string, string | null][] = [
    [15, 'connected', null],
    [14, 'connected', 'The sign-in at Smokeball ends within 14 days'],
    [3, 'connected', 'The sign-in at Smokeball ends within 3 days'],
    [1, 'connected', 'The sign-in at Smokeball ends within a day'],
    [1, 'needs_reauth', 'Smokeball needs you to sign in again'],
    [1, 'disconnected', null],
  ];
  it.each(days)('with %i days left of a sign-in that is %s: %s', async (daysLeft, state, title) => {
    const { firmId } = await one.firm();
    await one.connect(firmId);
    await one.database.query('update connections set refresh_expires_at = $2, state = $3 where firm_id = $1', [
      firmId,
      one.clock.in(daysLeft * DAY_MS),
      state,
    ]);
    const { attention } = overviewSchema.parse(await one.get(Overview).of(firmId));
    expect(attention.map((item) => item.title)).toEqual(title === null ? [] : [title]);
  });
});
