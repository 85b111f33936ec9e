import { refuseField } from './read-input';

type Keys<T> = Readonly<Record<string, (row: T) => string>>;

const PART = /^\s*(asc|desc)\(\s*([A-Za-z]+)\s*\)\s*$/i;

/** `Sort=asc(LastUpdated),desc(Status)` over the keys that the resource knows (lower case). Else: 400. */
export function sortRows<T>(rows: readonly T[], sort: string | undefined, keys: Keys<T>): readonly T[] {
  if (sort === undefined || sort.trim() === '') return rows;
  const parts = sort.split(',').map((part) => {
    const match = PART.exec(part);
    const key = keys[match?.[2]?.toLowerCase() ?? ''];
    if (match === null || key === undefined) return refuseField('Sort', `The value '${part}' is not valid for Sort.`);
    return { key, sign: match[1]?.toLowerCase() === 'desc' ? -1 : 1 };
  });
  const compare = (a: T, b: T): number => {
    for (const { key, sign } of parts) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
  // A reader of 400 pages asks for the same order 400 times, and most rows are in it already.
  return isInOrder(rows, compare) ? rows : [...rows].sort(compare);
}

function isInOrder<T>(rows: readonly T[], compare: (a: T, b: T) => number): boolean {
  let before: T | undefined;
  for (const row of rows) {
    if (before !== undefined && compare(before, row) > 0) return false;
    before = row;
  }
  return true;
}
