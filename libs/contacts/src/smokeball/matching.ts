import type { Party } from '@matterline/contracts';
import type { Contact } from '@matterline/smokeball-client';

export function emailOf(contact: Contact): string | null {
  return contact.person?.email ?? contact.company?.email ?? null;
}

const fold = (email: string) => email.trim().toLowerCase();

/** Living contacts that carry this very address, as a person or as a company. Smokeball's own search is not trusted. */
export function withEmail(contacts: readonly Contact[], email: string): Contact[] {
  return contacts.filter((contact) => !contact.isDeleted && fold(emailOf(contact) ?? '') === fold(email));
}

/** The contact that an earlier try of ours made: it carries CaseHug's id. */
export function madeByUs(contacts: readonly Contact[], party: Party): Contact | null {
  return contacts.find((contact) => !contact.isDeleted && contact.externalSystemId === party.id) ?? null;
}
