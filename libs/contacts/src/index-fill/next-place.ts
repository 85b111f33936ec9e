import type { Contact } from '@matterline/smokeball-client';

/** Where the next page begins: contacts changed since (in ticks), and how many of those to leave out. */
export interface FillPlace {
  readonly since: bigint;
  readonly skip: number;
}

/**
 * The place after a page of contacts in the order of their last change. A change during the reading moves a contact to the end, where it
 * is read again; an offset alone would skip one contact for each such change.
 * @param page as it came; a page that is not in order is passed by its length, since its last contact then says nothing
 */
export function nextPlace(place: FillPlace, page: readonly Contact[]): FillPlace {
  const moments = page.map((contact) => contact.lastUpdated ?? 0n);
  const isOrdered = moments.every((moment, at) => at === 0 || (moments[at - 1] ?? 0n) <= moment);
  const last = moments.at(-1) ?? 0n;
  // One tick less: whether the moment itself is included is not written anywhere.
  const since = last - 1n;
  // A whole page of one moment, such as an import leaves: only counting leads past it.
  const isOneMoment = moments[0] === last;
  if (!isOrdered || isOneMoment || since <= place.since) return { ...place, skip: place.skip + page.length };
  return { since, skip: 0 };
}
