import { queryString, type Query } from './query-string';

describe('queryString', () => {
  it.each<[string, Query, string]>([
    ['nothing', {}, ''],
    ['only absent values', { A: undefined }, ''],
    ['a list as a repeated key', { Status: ['Open', 'Pending'] }, '?Status=Open&Status=Pending'],
    ['an empty list', { Status: [], Limit: 1 }, '?Limit=1'],
    ['a plus in an e-mail', { Search: ['email:a+b@x.com'] }, '?Search=email%3Aa%2Bb%40x.com'],
    ['a space', { Search: 'Mary Ann' }, '?Search=Mary%20Ann'],
    ['ticks', { UpdatedSince: 637558795239278689n }, '?UpdatedSince=637558795239278689'],
    ['false and 0', { IsCompleted: false, Offset: 0 }, '?IsCompleted=false&Offset=0'],
    ['half a surrogate pair', { Search: 'a\ud800b' }, '?Search=a%EF%BF%BDb'],
  ])('%s', (_name, query, expected) => {
    expect(queryString(query)).toBe(expected);
  });
});
