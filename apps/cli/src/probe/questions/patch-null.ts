import { notSettled, settled } from '../finding';
import type { Probe } from '../probe';
import { maySeeWrites, newMatter, shown } from '../records/kit';
import { membersOf } from '../smokeball/members';
import { refusal } from '../smokeball/smokeball-door';

const ROUTE = '/matters/{matterId}';

/** A PATCH that sets one member to null and another to a value: when the value is there, the null has been read too. */
export const patchNull: Probe = {
  id: 'patch-null',
  question: 'Does PATCH with null clear a member?',
  needs: ['write'],
  ask: async (place) => {
    if (!maySeeWrites(place)) return notSettled('Nothing may be written.', 'Run again with --write.');
    const { throwAway } = place;
    const mark = `probe-${throwAway.runId}`;
    const path = { matterId: (await newMatter(place, { leadClosedReason: 'probe', externalSystemId: mark })).id };
    const stored = await shown(place, ROUTE, path);
    if (membersOf(stored)['leadClosedReason'] === undefined) {
      return notSettled('The member that was to be cleared was not stored.', 'Try another member.');
    }
    const body = { leadClosedReason: null, externalSystemId: `${mark}-null` };
    const answer = await throwAway.change('PATCH', ROUTE, { path, body });
    if (answer.status === 400)
      return settled('No: it is refused.', 'PATCH with null got 400.', { patch_null: 'refused' });
    if (answer.status >= 300) throw refusal(`PATCH ${ROUTE}`, answer);
    const now = await shown(place, ROUTE, path, (matter) => matter['externalSystemId'] === body.externalSystemId);
    if (now === undefined)
      return notSettled('The PATCH was accepted and not done in time.', 'Give it longer with --wait.');
    const isCleared = now['leadClosedReason'] === undefined;
    return isCleared
      ? settled('Yes.', 'the member is gone after the PATCH.', { patch_null: 'clears' })
      : settled('No: null is as if it were absent.', 'the member is as it was, the rest of the PATCH was done.', { patch_null: 'ignored' }); // prettier-ignore
  },
};
