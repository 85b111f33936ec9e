import type { Switches } from '../control/switches';
import {
  type ContactColumn,
  type ContactEntry,
  type ContactField,
  type ContactListing,
  PHONE_FIELDS,
  phoneTexts,
} from './contact-listing';
import { nameParts } from './contact-names';
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
  const plain = terms.find((term) => isExact(term) && isIndexed(term, switches));
  const start =
    plain === undefined ? startOf(listing, terms, switches) : listing.equalTo(plain.field as ContactField, plain.value);
  const tests = terms.filter((term) => term !== plain).map((term) => entryTest(term, switches));
  return tests.length === 0 ? start : fitting(start, tests);
}

/** All, or only those that have the longest piece between the wildcards of some term. */
function startOf(listing: ContactListing, terms: readonly SearchTerm[], switches: Switches): Iterable<ContactEntry> {
  let [longest, column]: [string, ContactColumn] = ['', 'name'];
  for (const term of terms) {
    if (term.operator !== ':') continue;
    const isLenient = term.field === 'phone' && switches.phone_search === 'lenient';
    for (const part of term.value.split('*')) {
      const piece = isLenient ? part.replace(/\D/g, '') : part;
      if (piece.length > longest.length)
        [longest, column] = [piece, isLenient ? 'digits' : (term.field as ContactField)];
    }
  }
  return longest === '' || longest.includes('\n') ? listing.all() : listing.having(column, longest);
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

/** The index holds what the switches' defaults compare. */
function isIndexed(term: SearchTerm, switches: Switches): boolean {
  if (term.field === 'name') return switches.name_search === 'whole';
  if (term.field !== 'phone') return true;
  const { phone_search, phone_search_fax, phone_search_fields } = switches;
  return phone_search === 'raw' && !phone_search_fax && isAllPhones(phone_search_fields);
}

function isAllPhones(fields: readonly string[]): boolean {
  return PHONE_FIELDS.every((name) => fields.includes(name));
}

function textsOf(entry: ContactEntry, field: ContactField, switches: Switches): readonly string[] {
  if (field === 'name' && switches.name_search === 'parts') return [...entry.name, ...nameParts(entry.contact)];
  if (field !== 'phone') return entry[field];
  const fields = switches.phone_search_fields;
  const phones = isAllPhones(fields) ? entry.phone : phoneTexts(entry.contact, fields);
  return switches.phone_search_fax ? [...phones, ...entry.fax] : phones;
}

function entryTest(term: SearchTerm, switches: Switches): (entry: ContactEntry) => boolean {
  const field = term.field as ContactField;
  const lenient = field === 'phone' && switches.phone_search === 'lenient';
  const fits = textMatcher(lenient ? { ...term, value: term.value.replace(/[^\d*]/g, '') } : term);
  const found = (entry: ContactEntry) =>
    textsOf(entry, field, switches).some((text) => fits(lenient ? text.replace(/\D/g, '') : text));
  return term.operator === ':!' ? (entry) => !found(entry) : found;
}
