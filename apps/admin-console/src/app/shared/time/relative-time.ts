const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30.4 * DAY_MS;

/** "just now", "in 5 minutes", "2 days ago", "in 5 months". For what is long past the full date says more: null. */
export function relativeTime(atMs: number, nowMs: number, locale: string): string | null {
  const distance = atMs - nowMs;
  const size = Math.abs(distance);
  if (size < MINUTE_MS) return distance > 5_000 ? 'in under a minute' : 'just now';
  const exact = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (size < HOUR_MS) return exact.format(Math.trunc(distance / MINUTE_MS), 'minute');
  if (size < DAY_MS) return exact.format(Math.trunc(distance / HOUR_MS), 'hour');
  if (size < 31 * DAY_MS) {
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(distance / DAY_MS), 'day');
  }
  return distance > 0 ? exact.format(Math.round(distance / MONTH_MS), 'month') : null;
}
