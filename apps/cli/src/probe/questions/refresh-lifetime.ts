import { counted } from '../counted';
import type { TokenFacts } from '../credentials/token-facts';
import { notSettled, settled, type Outcome } from '../finding';
import type { Probe } from '../probe';

const DAY_MS = 86_400_000;
/** The two lifetimes that Smokeball has published. */
const SHORT_DAYS = 30;
const LONG_DAYS = 180;

/** No answer tells it: only a sign-in older than the shorter lifetime does, by still working or not. */
export const refreshLifetime: Probe = {
  id: 'refresh-lifetime',
  question: `Does a refresh token live ${SHORT_DAYS} or ${LONG_DAYS} days?`,
  needs: [],
  ask: ({ token }) => refreshOutcome(token),
};

/** Also for a sign-in that no longer works otherwise. */
export async function refreshOutcome({ consentedAt, refresh }: TokenFacts): Promise<Outcome> {
  if (refresh === null) return notSettled('There is no refresh token.', 'Use --firm with a connected firm.');
  if (consentedAt === null) {
    return notSettled('When the person agreed is not known.', 'Use --firm, or add --consented-on with the date.');
  }
  const ageDays = Math.floor((Date.now() - consentedAt.getTime()) / DAY_MS);
  const signedIn = consentedAt.toISOString().slice(0, 10);
  if (ageDays <= SHORT_DAYS || ageDays > LONG_DAYS) {
    const date = new Date(consentedAt.getTime() + (SHORT_DAYS + 1) * DAY_MS).toISOString().slice(0, 10);
    return notSettled(
      `This sign-in is of ${signedIn}, ${ageDays === 0 ? 'today' : `${counted(ageDays, 'day', 'days')} old`}.`,
      `Keep it, and run again with it on ${date} or later.`,
    );
  }
  const refreshed = await refresh();
  if (!refreshed.works && refreshed.reason !== 'invalid_grant') {
    return notSettled('The token address gave no clear answer.', 'Run again.');
  }
  const days = refreshed.works ? LONG_DAYS : SHORT_DAYS;
  const evidence = `the sign-in of ${signedIn} is ${ageDays} days old and ${refreshed.works ? 'still refreshes' : 'no longer refreshes'}.`;
  return settled(`${days} days.`, evidence, { refresh_token_days: days });
}
