import type { Contact } from '@matterline/smokeball-client';

export type IndexedKind = 'person' | 'company' | 'trust' | 'group';

/** What a pop-up shows of a contact. */
export interface ContactDisplay {
  readonly type: IndexedKind;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
}

const NO_NAME = 'Unnamed contact';

export function contactDisplay({ person, company, trust, groupOfPeople }: Contact): ContactDisplay {
  if (person) {
    const firstName = person.firstName?.trim() ?? '';
    const lastName = person.lastName?.trim() ?? '';
    const name = `${firstName} ${lastName}`.trim() || person.customName?.trim() || NO_NAME;
    return { type: 'person', name, firstName, lastName, company: '' };
  }
  const name = (company?.name ?? company?.tradingName ?? trust?.name ?? groupOfPeople?.name ?? '').trim() || NO_NAME;
  const type = company ? 'company' : trust ? 'trust' : 'group';
  return { type, name, firstName: '', lastName: '', company: company ? name : '' };
}
