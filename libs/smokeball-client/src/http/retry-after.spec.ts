import { retryAfterMs } from './retry-after';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('retryAfterMs', () => {
  it.each<[string, string | readonly string[] | undefined, number | undefined]>([
    ['seconds', '7', 7_000],
    ['zero', '0', 0],
    ['a date', 'Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['a date gone by', 'Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['the first of several', ['3', '9'], 3_000],
    ['nothing', undefined, undefined],
    ['blank', ' ', undefined],
    ['a negative number', '-5', undefined],
    ['a fraction', '1.5', undefined],
    ['words', 'soon', undefined],
  ])('%s', (_name, header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});
