import type { Contact } from '@matterline/smokeball-client';
import type { PersonName } from './compare-people';

export type ContactKind = 'person' | 'company' | 'trust' | 'group';

export const KIND_WORDS: Readonly<Record<ContactKind, string>> = {
  person: 'a person',
  company: 'a company',
  trust: 'a trust',
  group: 'a group of people',
};

export function kindOf(contact: Contact): ContactKind {
  if (contact.company) return 'company';
  if (contact.trust) return 'trust';
  return contact.groupOfPeople ? 'group' : 'person';
}

export function personNameOf({ person }: Contact): PersonName {
  const isNamed = Boolean(person?.firstName?.trim() || person?.lastName?.trim());
  if (isNamed || !person?.customName)
    return { first: person?.firstName, middle: person?.middleName, last: person?.lastName, suffix: person?.nameSuffix };
  const words = person.customName.trim().split(/\s+/);
  return { first: words.slice(0, -1).join(' '), last: words.at(-1) };
}

export function organisationNamesOf({ company, trust, groupOfPeople }: Contact): (string | undefined)[] {
  return [company?.name, company?.tradingName, company?.doingBusinessAsName, trust?.name, groupOfPeople?.name];
}

/** Every address that a contact of any kind carries; some people put several into one field. */
export function emailsOf(contact: Contact): string[] {
  const fields = [contact.person, contact.company, contact.trust, contact.groupOfPeople].map((kind) => kind?.['email']);
  return fields
    .flatMap((field) => (typeof field === 'string' ? field.split(/[;,\s]+/) : []))
    .filter((email) => email !== '');
}

export const foldEmail = (email: string) => email.normalize('NFKC').trim().toLowerCase();
