import { durationWords } from './duration-words';
import { relativeTime } from './relative-time';
import { zonedDayStart } from './zoned-day-start';

describe('relativeTime', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const cases = [
    ['2026-11-22T11:59:40Z', 'just now'],
    ['2026-11-22T12:00:40Z', 'in under a minute'],
    ['2026-11-22T11:57:00Z', '3 minutes ago'],
    ['2026-11-22T07:00:00Z', '5 hours ago'],
    ['2026-11-21T11:00:00Z', 'yesterday'],
    ['2026-11-27T13:00:00Z', 'in 5 days'],
    ['2027-05-03T12:00:00Z', 'in 5 months'],
    ['2026-08-01T12:00:00Z', null],
  ] as const;

  it.each(cases)('%s is “%s”', (at, words) => {
    expect(relativeTime(Date.parse(at), now, 'en-US')).toBe(words);
  });
});

describe('zonedDayStart', () => {
  const cases = [
    { day: '2026-11-22', zone: 'America/Los_Angeles', plus: 0, start: '2026-11-22T08:00:00.000Z' },
    { day: '2026-11-22', zone: 'America/Los_Angeles', plus: 1, start: '2026-11-23T08:00:00.000Z' },
    { day: '2026-11-01', zone: 'America/New_York', plus: 0, start: '2026-11-01T04:00:00.000Z' },
    { day: '2026-11-01', zone: 'America/New_York', plus: 1, start: '2026-11-02T05:00:00.000Z' },
    { day: '2026-03-08', zone: 'America/New_York', plus: 1, start: '2026-03-09T04:00:00.000Z' },
    { day: '2026-10-04', zone: 'Australia/Sydney', plus: 0, start: '2026-10-03T14:00:00.000Z' },
    { day: '2026-10-04', zone: 'Australia/Sydney', plus: 1, start: '2026-10-04T13:00:00.000Z' },
    { day: '2026-06-30', zone: 'Europe/London', plus: 1, start: '2026-06-30T23:00:00.000Z' },
    { day: '30.06.2026', zone: 'Europe/London', plus: 0, start: null },
    { day: '2026-13-45', zone: 'Europe/London', plus: 0, start: null },
    { day: undefined, zone: 'Europe/London', plus: 0, start: null },
  ] as const;

  it.each(cases)('$day + $plus in $zone', ({ day, zone, plus, start }) => {
    expect(zonedDayStart(day, zone, plus)).toBe(start);
  });
});

describe('durationWords', () => {
  const cases = [
    [0, 'a moment'],
    [12, 'about 12 s'],
    [150, 'about 3 min'],
    [9_000, 'about 3 h'],
  ] as const;

  it.each(cases)('%d s is %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
