/** What an edit does to one member: null leaves it, `to` puts a value there or, undefined, takes it away. */
export type MemberChange = { readonly to: unknown } | null;

/** The three-way rule for a text. `same` folds what makes no difference. */
export function textChange(
  agreed: string | null | undefined,
  now: string | null | undefined,
  held: unknown,
  same: (text: string) => string = (text) => text.trim(),
): MemberChange {
  if (now === undefined) return null;
  const [before, wish, stands] = [agreed ?? '', now ?? '', typeof held === 'string' ? held : ''].map(same);
  if (wish === before || wish === stands) return null;
  if (wish !== '') return { to: now };
  return stands === before ? { to: undefined } : null;
}
