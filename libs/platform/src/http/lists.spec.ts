import { pageQuerySchema } from '@matterline/contracts';
import { listed, offsetOf } from './lists';

describe('offsetOf', () => {
  it.each([
    [1, 20, 0],
    [2, 20, 20],
    [500, 20, 9_980],
    [100, 100, 9_900],
    [10_000, 1, 9_999],
  ])('page %i of %i begins after %i rows', (page, perPage, offset) => {
    expect(offsetOf({ page, per_page: perPage })).toBe(offset);
  });

  it.each([
    [501, 20],
    [101, 100],
    [10_001, 1],
    [1_000_000_000, 100],
  ])('page %i of %i is too far', (page, perPage) => {
    expect(() => offsetOf({ page, per_page: perPage })).toThrow(
      expect.objectContaining({ code: 'page_too_far', status: 400 }),
    );
  });
});

describe('a list', () => {
  it.each([
    ['empty', 0, 1, 0, false],
    ['one page', 20, 1, 20, false],
    ['a page and one row', 21, 1, 21, true],
    ['its last page', 21, 2, 21, false],
    ['exactly 10,000', 10_000, 500, 10_000, false],
    ['more than is counted', 10_001, 1, 10_000, true],
    ['more than is counted, at the last page', 10_001, 500, 10_000, true],
  ])('%s', (_name, counted, page, total, hasMore) => {
    expect(listed([], counted, { page, per_page: 20 }).pagination).toEqual({
      page,
      per_page: 20,
      total,
      has_more: hasMore,
    });
  });

  it('shows no more rows than the page holds', () => {
    expect(listed([1, 2, 3], 3, { page: 1, per_page: 2 }).data).toEqual([1, 2]);
  });
});

describe('the page query', () => {
  it.each<[object, object | null]>([
    [{}, { page: 1, per_page: 20 }],
    [
      { page: '3', per_page: '100' },
      { page: 3, per_page: 100 },
    ],
    [{ page: '0' }, null],
    [{ page: '-1' }, null],
    [{ page: '1.5' }, null],
    [{ page: 'x' }, null],
    [{ per_page: '101' }, null],
    [{ per_page: '0' }, null],
  ])('%j', (query, expected) => {
    const parsed = pageQuerySchema.safeParse(query);
    expect(parsed.success ? parsed.data : null).toEqual(expected);
  });
});
