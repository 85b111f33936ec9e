import type { QuietHours } from '@matterline/contracts';

const MINUTE_MS = 60_000;
const DAY_MIN = 1440;

export interface LocalTime {
  /** `2026-03-07` */
  readonly day: string;
  /** Since midnight on the wall. */
  readonly minute: number;
}

/** What a clock on the wall shows in a time zone. */
export function localTime(at: Date, timezone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** When the quiet hours end in which `at` falls; null when it falls in none. They may go over midnight. */
export function quietUntil(quiet: QuietHours | null, timezone: string, at: Date): Date | null {
  if (!quiet) return null;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const { minute } = localTime(at, timezone);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return null;
  const minuteStart = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  const guess = minuteStart + ((to - minute + DAY_MIN) % DAY_MIN) * MINUTE_MS;
  // A clock that is put forward or back in between moves the end by as much.
  const off = ((localTime(new Date(guess), timezone).minute - to + DAY_MIN + DAY_MIN / 2) % DAY_MIN) - DAY_MIN / 2;
  return new Date(guess - off * MINUTE_MS);
}
