import { notSettled, settled, type Outcome } from '../finding';
import type { Probe, ProbePlace } from '../probe';
import { maySeeWrites, newMatter, shown, type WritingPlace } from '../records/kit';
import { membersOf } from '../smokeball/members';
import { look } from '../pause';

const STATUSES = ['Open', 'Pending', 'Closed', 'Cancelled'];

/** Only numbers are compared: of the whole list, and of the list of each status. */
export const deletedMatters: Probe = {
  id: 'deleted-matters',
  question: 'Does the list of matters leave out those with the status Deleted?',
  needs: [],
  ask: async (place) => {
    const outcome = await compare(place);
    if (outcome !== undefined) return outcome;
    if (!maySeeWrites(place)) {
      return notSettled(
        'No matter has the status Deleted, or the numbers changed meanwhile.',
        'Run again with --write.',
      );
    }
    const isThere = await deleteOne(place);
    if (!isThere) return notSettled('A deleted matter did not get the status Deleted.', 'Look at one in Smokeball.');
    const later = await look(() => compare(place), place);
    return later ?? notSettled('The numbers kept changing.', 'Run again when nobody works in the firm.');
  },
};

async function compare(place: ProbePlace): Promise<Outcome | undefined> {
  const deleted = await sizeOf(place, ['Deleted']);
  if (deleted === 0) return undefined;
  const all = await sizeOf(place, []);
  const others = await sizeOf(place, STATUSES);
  const evidence = `${all} matters in the list, ${others} with another status, ${deleted} with the status Deleted.`;
  if (all === others + deleted) {
    return settled('No: deleted matters are in the list.', evidence, { list_excludes_deleted_matters: false });
  }
  if (all !== others) return undefined;
  return settled('Yes: they have to be asked for.', evidence, { list_excludes_deleted_matters: true });
}

async function sizeOf(place: ProbePlace, statuses: readonly string[]): Promise<number> {
  const query = { Limit: 1, ...(statuses.length === 0 ? {} : { Status: statuses }) };
  return Number(membersOf(await place.smokeball.read('/matters', { query }))['size'] ?? 0);
}

async function deleteOne(place: WritingPlace): Promise<boolean> {
  const path = { matterId: (await newMatter(place)).id };
  await place.throwAway.change('DELETE', '/matters/{matterId}', { path });
  return (await shown(place, '/matters/{matterId}', path, ({ status }) => status === 'Deleted')) !== undefined;
}
