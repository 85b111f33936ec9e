import type { RefreshOutcome } from '../credentials/token-facts';
import { refreshOutcome } from './refresh-lifetime';

const WORKS: RefreshOutcome = { works: true, givesNewRefreshToken: false };
const DEAD: RefreshOutcome = { works: false, reason: 'invalid_grant' };
const AWAY: RefreshOutcome = { works: false, reason: 'unreachable' };

describe('the lifetime of a refresh token', () => {
  it.each([
    ['works after 40 days', 40, WORKS, 180],
    ['is dead after 40 days', 40, DEAD, 30],
    ['is young', 30, WORKS, null],
    ['is older than both', 181, WORKS, null],
    ['gets no answer', 40, AWAY, null],
  ])('%s', async (_name, days, outcome, switched) => {
    const consentedAt = new Date(Date.now() - days * 86_400_000);
    const found = await refreshOutcome({
      kind: 'code',
      lifetimeS: null,
      consentedAt,
      showsRefreshToken: true,
      refresh: () => Promise.resolve(outcome),
    });
    const switches = found.state === 'settled' ? found.switches : null;
    expect(switches).toEqual(switched === null ? null : { refresh_token_days: switched });
  });
});
