import type { Switches } from '../control/switches';
import type { ContactEntry, ContactField, ContactListing } from './contact-listing';
import { hasWildcard, parseSearchTerm, textMatcher, type SearchTerm } from './search-term';

const FIELDS: ReadonlySet<string> = new Set(['email', 'phone', 'name']);

/** The terms of all `Search` parameters; undefined when one of them is not a search term of contacts. */
export function parseContactSearch(search: readonly string[]): SearchTerm[] | undefined {
  const terms = search.map((text) => parseSearchTerm(text));
  const good = terms.filter((term): term is SearchTerm => term !== undefined && FIELDS.has(term.field));
  return good.length === terms.length ? good : undefined;
}

/** The contacts that fit all terms. Phone numbers are compared as they are stored unless the switch says "lenient". */
export function searchContacts(
  listing: ContactListing,
  terms: readonly SearchTerm[],
  switches: Switches,
): Iterable<ContactEntry> {
  const plain = terms.find((term) => isExact(term) && !(term.field === 'phone' && !isRaw(switches)));
  const start = plain === undefined ? listing.all() : listing.equalTo(plain.field as ContactField, plain.value);
  const tests = terms.filter((term) => term !== plain).map((term) => entryTest(term, switches));
  return tests.length === 0 ? start : fitting(start, tests);
}

function fitting(
  entries: Iterable<ContactEntry>,
  tests: readonly ((entry: ContactEntry) => boolean)[],
): ContactEntry[] {
  const found: ContactEntry[] = [];
  for (const entry of entries) if (tests.every((test) => test(entry))) found.push(entry);
  return found;
}

function isExact(term: SearchTerm): boolean {
  return term.operator === ':' && !hasWildcard(term);
}

function isRaw(switches: Switches): boolean {
  return switches.phone_search === 'raw' && !switches.phone_search_fax;
}

function entryTest(term: SearchTerm, switches: Switches): (entry: ContactEntry) => boolean {
  const field = term.field as ContactField;
  if (field !== 'phone') {
    const fits = textMatcher(term);
    return term.operator === ':!' ? (entry) => !entry[field].some(fits) : (entry) => entry[field].some(fits);
  }
  const lenient = switches.phone_search === 'lenient';
  const fits = textMatcher(lenient ? { ...term, value: term.value.replace(/[^\d*]/g, '') } : term);
  const texts = (entry: ContactEntry) => (switches.phone_search_fax ? [...entry.phone, ...entry.fax] : entry.phone);
  const found = (entry: ContactEntry) => texts(entry).some((text) => fits(lenient ? text.replace(/\D/g, '') : text));
  return term.operator === ':!' ? (entry) => !found(entry) : found;
}
