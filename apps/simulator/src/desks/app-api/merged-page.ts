import type { Firm } from '../../model/firm';
import type { ListQuery } from './list-query';
import type { RecentRows } from './recent-rows';

interface Source<T> {
  readonly rows: (firm: Firm) => RecentRows;
  readonly record: (firm: Firm, id: string) => T | undefined;
  /** What a record must be besides holding the words; absent when nothing else is asked. */
  readonly passes?: (record: T) => boolean;
}

interface Hit<T> {
  readonly firm: Firm;
  readonly record: T;
}

/** One page over the lists of several firms, newest first. Records are read for that page only. */
export function mergedPage<T>(
  firms: readonly Firm[],
  query: ListQuery,
  source: Source<T>,
): { readonly total: number; readonly found: readonly Hit<T>[] } {
  const isOne = firms.length === 1;
  const { passes: test } = source;
  const [from, count] = isOne ? [query.from, query.count] : [0, query.from + query.count];
  const parts = firms.map((firm) => {
    const passes = (id: string): boolean => {
      const record = source.record(firm, id);
      return record !== undefined && (test === undefined || test(record));
    };
    const { total, rows } = source.rows(firm).find(query.words, test === undefined ? undefined : passes, from, count);
    return { total, rows: rows.map((row) => ({ firm, row })) };
  });
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  const rows = parts.flatMap((part) => part.rows);
  const page = isOne
    ? rows
    : rows.sort((a, b) => newerFirst(a.row.version, b.row.version)).slice(query.from, query.from + query.count);
  const found = page.flatMap(({ firm, row }): Hit<T>[] => {
    const record = source.record(firm, row.id);
    return record === undefined ? [] : [{ firm, record }];
  });
  return { total, found };
}

/** Ticks as text: the longer one is the later one, and of the same length the greater text. */
function newerFirst(a: string, b: string): number {
  return b.length - a.length || (a < b ? 1 : a > b ? -1 : 0);
}
