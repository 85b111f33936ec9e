import { counted } from '../counted';
import { notSettled, settled, type Outcome } from '../finding';
import type { Probe, ProbePlace } from '../probe';
import { accepted, client, maySeeWrites, sendMatter, shown, type WritingPlace } from '../records/kit';
import { idOf, membersOf, rowsOf } from '../smokeball/members';

const LOOK_AT = 5;

/** A lead with a type that is none of the lead types. */
export const leadTypes: Probe = {
  id: 'lead-types',
  question: 'May a lead have a matter’s type?',
  needs: [],
  ask: async (place) => {
    const leads = rowsOf(await place.smokeball.read('/matters', { query: { Type: 'Leads', Limit: 100 } }));
    const types = [...new Set(leads.flatMap((lead) => idOf(lead['matterType']) ?? []))].slice(0, LOOK_AT);
    for (const id of types) {
      const type = await place.smokeball.call('GET', '/mattertypes/{id}', { path: { id } });
      if (membersOf(type.body)['type'] === 0)
        return yes(`of ${counted(leads.length, 'lead', 'leads')}, one has a matter’s type.`);
    }
    if (maySeeWrites(place)) return await askWithRecords(place);
    if (leads.length === 0) return notSettled('There are no leads to look at.', 'Run again with --write.');
    return notSettled(
      `${counted(leads.length, 'lead has', 'leads have')} ${counted(types.length, 'lead type', 'lead types')}, which proves nothing.`,
      'Run again with --write.',
    );
  },
};

const yes = (evidence: string): Outcome => settled('Yes.', evidence, { lead_takes_matter_type: true });
const no = (evidence: string): Outcome => settled('No.', evidence, { lead_takes_matter_type: false });

async function askWithRecords(place: WritingPlace): Promise<Outcome> {
  const clientIds = [await client(place)];
  const control = accepted('POST /matters (a lead)', await sendMatter(place, { isLead: true, clientIds }));
  const path = (id: string) => ({ matterId: id });
  if ((await shown(place, '/matters/{matterId}', path(control.id))) === undefined) {
    return notSettled('No lead could be made.', 'See that the firm’s plan has leads (Grow or Prosper).');
  }
  const matterTypeId = await matterType(place);
  if (matterTypeId === undefined) return notSettled('No matter type was found.', 'Run again with --write.');
  const lead = await sendMatter(place, { isLead: true, clientIds, matterTypeId });
  if (lead.id === undefined) return no(`a lead with a matter’s type got ${lead.status}.`);
  const found = await shown(place, '/matters/{matterId}', path(lead.id));
  return found === undefined
    ? no(`a lead with a matter’s type was accepted (202) and did not appear within ${place.waitMs / 1_000} s.`)
    : yes('a throw-away lead has a matter’s type.');
}

async function matterType(place: ProbePlace): Promise<string | undefined> {
  const [first] = rowsOf(await place.smokeball.read('/mattertypes', { query: { Type: 0, Limit: 1 } }));
  return idOf(first);
}
