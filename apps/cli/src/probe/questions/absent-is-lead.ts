import { notSettled, settled, type Outcome } from '../finding';
import type { Probe } from '../probe';
import { maySeeWrites, newMatter, shown } from '../records/kit';

const ROUTE = '/matters/{matterId}';
const YES = { omitted_is_lead_means_false: true };

/** Two PATCHes of a lead, the first without `isLead`, the second with it to see that such a change works at all. */
export const absentIsLead: Probe = {
  id: 'absent-is-lead',
  question: 'Does a PATCH of a lead without isLead try to convert it?',
  needs: ['write'],
  ask: async (place) => {
    if (!maySeeWrites(place)) return notSettled('Nothing may be written.', 'Run again with --write.');
    const { throwAway } = place;
    const path = { matterId: (await newMatter(place, { isLead: true })).id };
    const patch = async (name: string, more: object) => {
      const externalSystemId = `probe-${throwAway.runId}-${name}`;
      const answer = await throwAway.change('PATCH', ROUTE, { path, body: { externalSystemId, ...more } });
      if (answer.status >= 300) return undefined;
      return await shown(place, ROUTE, path, (lead) => lead['externalSystemId'] === externalSystemId);
    };
    const without = await patch('without', {});
    if (without?.['isLead'] === true) return no();
    if (without !== undefined) return settled('Yes: it was converted.', 'the throw-away lead is a matter now.', YES);
    const control = await patch('with', { isLead: true });
    if (control === undefined)
      return notSettled('No change of a lead was done in time.', 'Give it longer with --wait.');
    return settled(
      'Yes: such a change is not done.',
      'the same change with isLead: true was done, without it was not.',
      YES,
    );
  },
};

function no(): Outcome {
  return settled('No: it stays a lead.', 'the rest of the PATCH was done.', { omitted_is_lead_means_false: false });
}
