import { notSettled, settled } from '../finding';
import type { Probe, ProbePlace } from '../probe';
import { idOf, membersOf, rowsOf, textOf } from '../smokeball/members';

/** Does a search for "Smith" find John Smith, or only "John Smith"? */
export const nameSearch: Probe = {
  id: 'name-search',
  question: 'Which texts does a contact’s name search compare?',
  needs: [],
  ask: async (place) => {
    const contacts = rowsOf(await place.smokeball.read('/contacts', { query: { Limit: 200, Type: 'Person', ExcludeDeletedContacts: true } })); // prettier-ignore
    for (const contact of contacts) {
      const { firstName, lastName, middleName } = membersOf(contact['person']);
      const [id, first, last] = [idOf(contact), textOf(firstName), textOf(lastName)];
      const isUsable = textOf(middleName) === undefined && first !== undefined && last !== undefined && first !== last;
      if (id === undefined || !isUsable || /[*:]/.test(`${first}${last}`)) continue;
      const whole = await finds(place, id, `${first} ${last}`);
      const parts = { first: await finds(place, id, first), last: await finds(place, id, last) };
      if (!whole && !parts.first && !parts.last) continue;
      const reversed = await finds(place, id, `${last}, ${first}`);
      const says = (name: string, is: boolean) => `${name}: ${is ? 'yes' : 'no'}`;
      const evidence = [says('"First Last"', whole), says('last name alone', parts.last), says('first name alone', parts.first), says('"Last, First"', reversed)]; // prettier-ignore
      const isParts = parts.first || parts.last;
      const answer = isParts ? 'Parts of a name are enough.' : 'Only the whole name, without wildcards.';
      return settled(answer, `${evidence.join(', ')}.`, { name_search: isParts ? 'parts' : 'whole' });
    }
    return notSettled(
      'No person’s name could show it.',
      'Add a person with first and last name in Smokeball, then run again.',
    );
  },
};

async function finds(place: ProbePlace, contactId: string, name: string): Promise<boolean> {
  const query = { Search: `name:${name}`, Limit: 500 };
  return rowsOf(await place.smokeball.read('/contacts', { query })).some((contact) => idOf(contact) === contactId);
}
