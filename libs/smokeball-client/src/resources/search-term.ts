/** How a value is compared: `exact` without wildcard, the others with `*` before, after or around it. */
export type SearchMatch = 'exact' | 'starts' | 'ends' | 'contains';

/**
 * One structured search term, e.g. `phone:*6173998147*`. Case does not count; several terms are ANDed.
 * Asterisks and control characters in the value are dropped: they would widen the search. docs/smokeball-api.md#searching
 */
export function searchTerm(field: string, value: string, match: SearchMatch = 'exact'): string {
  const plain = value.replace(/[*\p{Cc}]/gu, '').trim();
  const before = match === 'ends' || match === 'contains' ? '*' : '';
  const after = match === 'starts' || match === 'contains' ? '*' : '';
  return `${field}:${before}${plain}${after}`;
}
