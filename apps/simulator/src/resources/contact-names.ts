import type { ContactRecord } from '../model/records';

type Lookup = (id: string) => ContactRecord | undefined;
const GROUP_NAME_LIMIT = 5;

/** The name a contact is shown by: "First Last", the company's or trust's name, or a group's joined names (first five). */
export function contactName(contact: ContactRecord, lookup: Lookup): string {
  const body = contact.body;
  if (contact.kind === 'person') return words(body['firstName'], body['lastName']);
  if (contact.kind !== 'groupOfPeople') return words(body['name']);
  const ids = Array.isArray(body['peopleIds']) ? (body['peopleIds'] as string[]) : [];
  const people = ids.slice(0, GROUP_NAME_LIMIT).map((id) => lookup(id));
  return people.map((person) => (person === undefined ? '' : contactName(person, lookup))).join(', ');
}

/** Everything that a search by name may equal [A]: with and without the middle name. */
export function searchNames(contact: ContactRecord, lookup: Lookup): string[] {
  const body = contact.body;
  const names = [contactName(contact, lookup)];
  if (contact.kind === 'person') names.push(words(body['firstName'], body['middleName'], body['lastName']));
  return [...new Set(names.filter((name) => name !== '').map((name) => name.toLowerCase()))];
}

/** The first and the last name of a person, each alone. */
export function nameParts(contact: ContactRecord): string[] {
  if (contact.kind !== 'person') return [];
  const { firstName, lastName } = contact.body;
  return [firstName, lastName].flatMap((part) => (typeof part === 'string' && part !== '' ? [part.toLowerCase()] : []));
}

function words(...parts: unknown[]): string {
  return parts.filter((part): part is string => typeof part === 'string' && part.trim() !== '').join(' ');
}
