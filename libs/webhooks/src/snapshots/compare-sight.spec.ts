import { compareSight, type OwnHashes, withOwn } from './compare-sight';

const own = (from: string | null, ...to: string[]) => ({ name: { from, to } });

describe('how a record stands beside how it was last seen', () => {
  it.each<[string, string | undefined, OwnHashes, string, string[], string[]]>([
    ['the same', 'a', {}, 'a', [], []],
    ['changed by somebody', 'a', {}, 'b', ['name'], []],
    ['as we wrote it', 'a', own('a', 'b'), 'b', [], []],
    ['not yet as we wrote it', 'a', own('a', 'b'), 'a', [], ['b']],
    ['as somebody else wrote it behind us', 'a', own('a', 'b'), 'c', ['name'], ['b']],
    ['as our first of two writes', 'a', own('a', 'b', 'c'), 'b', [], ['c']],
    ['as our second of two writes', 'a', own('a', 'b', 'c'), 'c', [], []],
    ['never seen, never written', undefined, {}, 'a', [], []],
    ['never seen, as we wrote it', undefined, own(null, 'a'), 'a', [], []],
    ['never seen, other than we wrote it', undefined, own(null, 'a'), 'b', ['name'], ['a']],
  ])('%s', (_case, before, ours, now, changed, left) => {
    const compared = compareSight(before === undefined ? {} : { name: before }, ours, { name: now });
    expect(compared.changed).toEqual(changed);
    expect(compared.fields).toEqual({ name: now });
    expect(compared.ours['name']?.to ?? []).toEqual(left);
  });

  it('a field that was not looked at stays as it was known', () => {
    const compared = compareSight({ name: 'a', email: 'x' }, own('a', 'b'), { email: 'y' });
    expect(compared).toEqual({ changed: ['email'], fields: { name: 'a', email: 'y' }, ours: own('a', 'b') });
  });

  it.each<[string, string | undefined, OwnHashes, string | undefined]>([
    ['our write stands', 'a', own('a', 'b'), 'b'],
    ['the last of ours stands', 'a', own('a', 'b', 'c'), 'c'],
    ['something else was seen since', 'x', own('a', 'b'), 'x'],
    ['nothing was known', undefined, own(null, 'b'), 'b'],
  ])('once confirmed: %s', (_case, before, ours, after) => {
    expect(withOwn(before === undefined ? {} : { name: before }, ours)['name']).toBe(after);
  });
});
