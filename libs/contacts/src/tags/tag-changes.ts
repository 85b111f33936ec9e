/** A tag that stands on a contact or matter in Smokeball. `Role` and `Staff` tags follow the matter and are nobody's to edit. */
export interface HeldTag {
  readonly id?: string;
  readonly name?: string;
  readonly type?: string;
}

/** What is remembered of the tags that went out from here, as CaseHug wrote them. */
export interface OurTags {
  /** Known to have stood in Smokeball because of us. */
  readonly put: readonly string[];
  /** Stored before they were sent; a process may have died before or after. */
  readonly adding: readonly string[];
}

export const NO_TAGS: OurTags = { put: [], adding: [] };

export interface TagChanges {
  readonly add: readonly string[];
  readonly remove: readonly { readonly id: string; readonly name: string }[];
  /** To be stored before the first change is sent. */
  readonly before: OurTags;
  /** To be stored when all changes are through. */
  readonly after: OurTags;
}

/** Case, spacing and Unicode form do not make another tag. */
export const foldTag = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * What CaseHug's tags change in Smokeball, a three-way comparison: added is what CaseHug wishes and nobody has put there; removed is
 * only what came from us and CaseHug wishes no more. A tag of ours that a Smokeball user took off stays off until CaseHug sets it anew,
 * and a wished name that stands there as a role or staff tag is not put beside it.
 */
export function tagChanges(wished: readonly string[], held: readonly HeldTag[], ours: OurTags): TagChanges {
  const wishes = unique(wished);
  const standing = new Map(held.map((tag) => [foldTag(tag.name ?? ''), tag]));
  const custom = new Map([...standing].filter(([, tag]) => tag.type === 'Custom'));
  const adopted = unique([...ours.put, ...ours.adding.filter((name) => custom.has(foldTag(name)))]);
  const known = new Set(adopted.map(foldTag));
  const isWished = (name: string) => wishes.some((wish) => foldTag(wish) === foldTag(name));

  const add = wishes.filter((wish) => !standing.has(foldTag(wish)) && !known.has(foldTag(wish)));
  const remove = adopted.flatMap((name) => {
    const id = custom.get(foldTag(name))?.id;
    return isWished(name) || id === undefined ? [] : [{ id, name }];
  });
  const kept = adopted.filter(isWished);
  return {
    add,
    remove,
    before: { put: [...kept, ...remove.map((tag) => tag.name)], adding: add },
    after: { put: [...kept, ...add], adding: [] },
  };
}

/** The tags that stand there once the changes are through. */
export function tagsAfter(held: readonly HeldTag[], { add, remove }: Pick<TagChanges, 'add' | 'remove'>): HeldTag[] {
  const gone = new Set(remove.map(({ id }) => id));
  const kept = held.filter(({ id }) => id === undefined || !gone.has(id));
  return [...kept, ...add.map((name) => ({ name, type: 'Custom' }))];
}

/** The first writing of each name; empty ones fall away. */
function unique(names: readonly string[]): string[] {
  const byFold = new Map<string, string>();
  for (const name of names) {
    const folded = foldTag(name);
    if (folded !== '' && !byFold.has(folded)) byFold.set(folded, name.trim().replace(/\s+/g, ' '));
  }
  return [...byFold.values()];
}
