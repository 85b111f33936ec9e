/**
 * What CaseHug's change from `base` to `wish` makes of a list that Smokeball's users may have changed too: ours that went go, ours that
 * came come, theirs stay. Nobody having touched the list, it becomes the wish as it is, order included.
 */
export function changedList(
  current: readonly string[],
  base: readonly string[],
  wish: readonly string[],
): readonly string[] {
  if (isSameList(current, base)) return wish;
  const coming = wish.filter((id) => !base.includes(id) && !current.includes(id));
  const kept: string[] = [];
  for (const id of current) {
    const isOursGone = base.includes(id) && !wish.includes(id);
    // Who comes takes the place of who goes: the first assistant's place is a field of its own.
    const next = isOursGone ? coming.shift() : id;
    if (next !== undefined) kept.push(next);
  }
  return [...kept, ...coming];
}

export function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id, at) => id === right[at]);
}

export function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return isSameList([...new Set(left)].sort(), [...new Set(right)].sort());
}
