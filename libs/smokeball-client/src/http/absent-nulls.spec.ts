import { absentNulls } from './absent-nulls';

describe('absentNulls', () => {
  it.each<[unknown, unknown]>([
    [
      { a: null, b: { c: null, d: 0 }, e: [null, 1, { f: null }] },
      { b: { d: 0 }, e: [1, {}] },
    ],
    [null, null],
    ['', ''],
    [false, false],
    [5n, 5n],
  ])('%p', (value, expected) => {
    expect(absentNulls(value)).toEqual(expected);
  });

  it('drops a prototype that came in as data', () => {
    const value = absentNulls(JSON.parse('{"__proto__":{"isAdmin":true},"a":1}')) as Record<string, unknown>;
    expect(value['isAdmin']).toBeUndefined();
    expect(Object.keys(value)).toEqual(['a']);
  });
});
