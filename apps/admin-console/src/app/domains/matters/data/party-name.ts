import { Party } from '@matterline/contracts';

/** A company by its name, a person by first and last name, anyone else by id. */
export function partyName(party: Party): string {
  const person = [party.first_name, party.last_name].filter(Boolean).join(' ');
  return party.company_name || person || party.id;
}
