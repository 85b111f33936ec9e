import { changedList, isSameSet } from './list-changes';

describe('a list that CaseHug and Smokeball’s users both change', () => {
  it.each<[string, string, string, string, string]>([
    ['nobody touched: it becomes the wish', 'a b', 'a b', 'b c', 'b c'],
    ['nobody touched: its order too', 'a b', 'a b', 'b a', 'b a'],
    ['nobody touched: emptied', 'a b', 'a b', '', ''],
    ['theirs stay behind ours', 'a x', 'a', 'a b', 'a x b'],
    ['theirs stay when ours goes', 'a x', 'a', '', 'x'],
    ['who comes takes the place of who goes', 'a x', 'a', 'b', 'b x'],
    ['theirs in front stays in front', 'x a', 'a', 'a b', 'x a b'],
    ['ours that they took off stays off', 'x', 'a', 'a', 'x'],
    ['ours that they took off stays off when another comes', '', 'a', 'a b', 'b'],
    ['theirs that we wish now is not doubled', 'a x', 'a', 'a x', 'a x'],
    ['nothing known of before: only added', 'x', '', 'a', 'x a'],
  ])('%s', (_name, current, base, wish, expected) => {
    const ids = (text: string) => text.split(' ').filter(Boolean);
    expect(changedList(ids(current), ids(base), ids(wish)).join(' ')).toBe(expected);
  });

  it.each([
    [['a', 'b'], ['b', 'a'], true],
    [['a', 'a'], ['a'], true],
    [['a'], ['a', 'b'], false],
    [[], [], true],
  ])('%j and %j hold the same: %s', (left, right, expected) => expect(isSameSet(left, right)).toBe(expected));
});
