import { localTime, quietUntil } from './quiet-hours';

const NIGHT = { from: '22:00', to: '07:00' };
const LUNCH = { from: '12:00', to: '13:00' };

const CASES: readonly [name: string, quiet: typeof NIGHT | null, zone: string, at: string, until: string | null][] = [
  ['none are set', null, 'UTC', '2026-03-07T23:00:00Z', null],
  ['before them', LUNCH, 'UTC', '2026-03-07T11:59:59Z', null],
  ['their first moment', LUNCH, 'UTC', '2026-03-07T12:00:00Z', '2026-03-07T13:00:00Z'],
  ['their last moment', LUNCH, 'UTC', '2026-03-07T12:59:59.999Z', '2026-03-07T13:00:00Z'],
  ['their end', LUNCH, 'UTC', '2026-03-07T13:00:00Z', null],
  ['the evening', NIGHT, 'UTC', '2026-03-07T22:30:10Z', '2026-03-08T07:00:00Z'],
  ['the morning after', NIGHT, 'UTC', '2026-03-08T06:00:00Z', '2026-03-08T07:00:00Z'],
  ['the firm’s evening, our afternoon', NIGHT, 'Australia/Sydney', '2026-06-01T13:00:00Z', '2026-06-01T21:00:00Z'],
  ['our evening, the firm’s afternoon', NIGHT, 'America/Los_Angeles', '2026-01-10T23:00:00Z', null],
  ['a zone of half an hour', NIGHT, 'Australia/Adelaide', '2026-06-01T12:30:00Z', '2026-06-01T21:30:00Z'],
  // Clocks go forward at 02:00 on 8 March 2026: the night has an hour less.
  ['the night of spring', NIGHT, 'America/New_York', '2026-03-08T04:00:00Z', '2026-03-08T11:00:00Z'],
  ['the night of autumn', NIGHT, 'America/New_York', '2026-11-01T03:00:00Z', '2026-11-01T12:00:00Z'],
];

describe('quiet hours', () => {
  it.each(CASES)('%s', (_name, quiet, zone, at, until) => {
    expect(quietUntil(quiet, zone, new Date(at))?.toISOString() ?? null).toBe(
      until === null ? null : new Date(until).toISOString(),
    );
  });

  it('read the wall clock at midnight as the new day', () => {
    expect(localTime(new Date('2026-03-07T00:00:00Z'), 'UTC')).toEqual({ day: '2026-03-07', minute: 0 });
    expect(localTime(new Date('2026-03-07T23:59:59Z'), 'UTC')).toEqual({ day: '2026-03-07', minute: 1439 });
  });
});
