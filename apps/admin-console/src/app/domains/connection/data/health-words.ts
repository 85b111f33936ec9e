import { ConnectionHealth } from '@matterline/contracts';
import { ReturnBanner } from './return-banner';

/** Smokeball's sign-in is told ahead from this many days on. */
const WARN_DAYS = 14;

/** What of a connection's health somebody should act on, the most urgent first; null when all is well. */
export function healthBanner({ state, token, scopes }: ConnectionHealth): ReturnBanner | null {
  if (state !== 'connected' && state !== 'degraded') return null;
  if (token.days_left !== null && token.days_left <= WARN_DAYS)
    return {
      tone: token.days_left <= 3 ? 'bad' : 'wait',
      heading: `Your sign-in at Smokeball ends ${daysWords(token.days_left)}`,
      text: 'A firm admin should reconnect before then, with the same account. Nothing is interrupted by it.',
    };
  if (scopes.missing.length > 0)
    return {
      tone: 'wait',
      heading: 'Smokeball does not allow everything that is needed',
      text: `Missing: ${scopes.missing.join(', ')}. Ask Smokeball to add it to the application; it counts from the next hour on.`,
    };
  return null;
}

export function daysWords(days: number): string {
  if (days <= 1) return 'within a day';
  return `within ${days} days`;
}

/** How fast calls go out. */
export function paceWords(gate: ConnectionHealth['rate_gate']): string {
  if (gate === null) return 'Shown once the integration is configured';
  if (gate.away_since !== null) return 'Smokeball does not answer; it is asked again by itself';
  if (gate.slowdown > 1.05) return `Slowed to ${Math.round(100 / gate.slowdown)} % after “too many calls”`;
  return 'Normal';
}

export function waitingWords(count: number): string {
  if (count === 0) return 'nothing waits';
  return count === 1 ? 'one operation waits' : `${count} operations wait`;
}

/** A round trip as a person reads it. */
export function tookWords(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  return `${(ms / 1_000).toFixed(1)} s`;
}
