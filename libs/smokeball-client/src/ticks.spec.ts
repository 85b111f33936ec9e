import { dateFromTicks, nowTicks, ticksFromDate } from './ticks';

describe('ticks', () => {
  it.each([
    ['2022-04-23T14:00:00.000Z', 637863192000000000n],
    ['1970-01-01T00:00:00.000Z', 621355968000000000n],
    ['0001-01-01T00:00:00.000Z', 0n],
    ['9999-12-31T23:59:59.999Z', 3155378975999990000n],
  ])('%s both ways', (iso, ticks) => {
    expect(ticksFromDate(new Date(iso))).toBe(ticks);
    expect(dateFromTicks(ticks).toISOString()).toBe(iso);
  });

  it('cuts what a Date cannot hold, downwards on both sides of 1970', () => {
    expect(dateFromTicks(637558795239278688n).toISOString()).toBe('2021-05-06T06:32:03.927Z');
    expect(dateFromTicks(621355967999999999n).toISOString()).toBe('1969-12-31T23:59:59.999Z');
  });

  it('gives an invalid date for absurd ticks instead of throwing', () => {
    expect(Number.isNaN(dateFromTicks(10n ** 40n).getTime())).toBe(true);
  });

  it('reads a given clock', () => {
    expect(nowTicks(0)).toBe(621355968000000000n);
    expect(nowTicks(1.9)).toBe(621355968000010000n);
    expect(nowTicks()).toBeGreaterThan(638000000000000000n);
  });
});
