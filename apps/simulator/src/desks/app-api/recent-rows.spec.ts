import { RecentRows } from './recent-rows';

describe('rows in the order of their last change', () => {
  const row = (id: string, text: string, version = '1') => ({ id, text, version });
  const ids = (rows: RecentRows, words: readonly string[] = []) =>
    rows.find(words, undefined, 0, 10).rows.map((one) => one.id);

  it('gives the newest first, and moves what has a new version to the front', () => {
    const rows = new RecentRows([row('a', 'anna'), row('b', 'ben'), row('c', 'carl')]);
    expect(ids(rows)).toEqual(['c', 'b', 'a']);
    rows.put(row('a', 'anna', '2'));
    expect(ids(rows)).toEqual(['a', 'c', 'b']);
    expect(rows.size).toBe(3);
  });

  it('keeps the place of a row whose text alone is another', () => {
    const rows = new RecentRows([row('a', 'anna'), row('b', 'ben')]);
    rows.put(row('a', 'anne'));
    expect([ids(rows), ids(rows, ['anne']), ids(rows, ['anna'])]).toEqual([['b', 'a'], ['a'], []]);
  });

  it('wants every word, counts all hits and cuts a page out', () => {
    const rows = new RecentRows(
      Array.from({ length: 25 }, (_, index) => row(String(index), `x ${index % 2 ? 'odd' : 'even'}`)),
    );
    const { total, rows: found } = rows.find(['x', 'odd'], (id) => id !== '1', 5, 3);
    expect([total, found.map((one) => one.id)]).toEqual([11, ['13', '11', '9']]);
  });

  it('stays whole over many changes of the same rows', () => {
    const rows = new RecentRows([row('a', 'anna'), row('b', 'ben')]);
    for (let version = 2; version < 5000; version += 1) rows.put(row(version % 2 ? 'a' : 'b', 'x', String(version)));
    expect([rows.size, ids(rows)]).toEqual([2, ['a', 'b']]);
  });
});
