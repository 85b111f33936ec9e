/** Keyed hashes by field. */
export type FieldHashes = Readonly<Record<string, string>>;
/** What our own writes may leave in a field. */
export interface OwnWrites {
  /** How the field was known when we wrote, null when it was not. */
  readonly from: string | null;
  /** What we wrote, oldest first. */
  readonly to: readonly string[];
}
export type OwnHashes = Readonly<Record<string, OwnWrites>>;

export interface Compared {
  /** Fields that somebody else changed. */
  readonly changed: readonly string[];
  readonly fields: FieldHashes;
  /** Our writes that have not been seen yet. */
  readonly ours: OwnHashes;
}

/**
 * How a record stands now beside how it was last seen. A value that we wrote ourselves is no change; another one that stands
 * where ours was expected is. A field never seen and never written is taken as it is, without a word.
 */
export function compareSight(before: FieldHashes, ours: OwnHashes, now: FieldHashes): Compared {
  const changed = Object.entries(now).flatMap(([field, value]) => {
    if (value === before[field] || ours[field]?.to.includes(value)) return [];
    return before[field] !== undefined || ours[field] !== undefined ? [field] : [];
  });
  const left = Object.entries(ours).map(([field, { from, to }]) => {
    const value = now[field];
    return [field, { from, to: value === undefined ? to : to.slice(to.indexOf(value) + 1) }] as const;
  });
  return {
    changed,
    fields: { ...before, ...now },
    ours: Object.fromEntries(left.filter(([, own]) => own.to.length > 0)),
  };
}

/** Our writes stand, as Smokeball has said: they are what is known now, except where something else was seen meanwhile. */
export function withOwn(before: FieldHashes, ours: OwnHashes): FieldHashes {
  const settled = Object.entries(ours).flatMap(([field, { from, to }]) => {
    const last = to.at(-1);
    return last !== undefined && (before[field] ?? null) === from ? [[field, last] as const] : [];
  });
  return { ...before, ...Object.fromEntries(settled) };
}
