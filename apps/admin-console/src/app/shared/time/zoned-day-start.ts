const DAY_MS = 86_400_000;

/**
 * The first instant of a calendar day (`YYYY-MM-DD`) in a time zone, as ISO 8601 UTC; null for what is not a day.
 * `plusDays` moves on by calendar days, so days of 23 and 25 hours come out right.
 */
export function zonedDayStart(day: string | undefined, timeZone: string, plusDays = 0): string | null {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const midnightUtc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnightUtc)) return null;
  const wanted = midnightUtc + plusDays * DAY_MS;
  // The offset found at the guess may be that of the other side of a clock change: a second look settles it.
  const guess = wanted - offsetMs(wanted, timeZone);
  return new Date(wanted - offsetMs(guess, timeZone)).toISOString();
}

function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value ?? 0);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.trunc(instant / 1000) * 1000;
}
