import { randomUUID } from 'node:crypto';
import { notSettled, settled } from '../finding';
import type { Probe } from '../probe';
import { accepted, markedPerson, maySeeWrites, sendMatter, shown, type WritingPlace } from '../records/kit';

const TRIES = 3;

/** One matter names a client that does not exist; others name a client that was accepted a moment before and cannot be read yet. */
export const referenceChecks: Probe = {
  id: 'reference-checks',
  question: 'Is a reference checked when a write is accepted, or when it is applied?',
  needs: ['write'],
  ask: async (place) => {
    if (!maySeeWrites(place)) return notSettled('Nothing may be written.', 'Run again with --write.');
    const unknown = await sendMatter(place, { clientIds: [randomUUID()] });
    if (unknown.id === undefined) {
      const evidence = `a matter of an unknown client got ${unknown.status}.`;
      return settled('When it is accepted, and refused at once.', evidence, { sync_checks: 'all', reference_checks: 'accepted' }); // prettier-ignore
    }
    let conclusive = 0;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const outcome = await tryEarly(place);
      if (outcome === 'appeared') {
        const evidence = 'a matter appeared though its client could not be read when it was sent.';
        return settled('When it is applied; told later.', evidence, {
          sync_checks: 'shape',
          reference_checks: 'applied',
        });
      }
      if (outcome === 'vanished') conclusive += 1;
    }
    if (conclusive === 0)
      return notSettled('Clients could be read too soon to tell.', 'Run again when Smokeball is busier.');
    const evidence = `${conclusive} matters were accepted (202) whose client could not be read yet, and none appeared.`;
    return settled('When it is accepted; told later.', evidence, {
      sync_checks: 'shape',
      reference_checks: 'accepted',
    });
  },
};

async function tryEarly(place: WritingPlace): Promise<'appeared' | 'vanished' | 'too late'> {
  const { smokeball, throwAway } = place;
  const body = { person: markedPerson(place) };
  const { id } = accepted('POST /contacts', await throwAway.make('contact', '/contacts', { body }));
  const matter = await sendMatter(place, { clientIds: [id] });
  const isReadable = (await smokeball.call('GET', '/contacts/{id}', { path: { id } })).status === 200;
  if (isReadable || matter.id === undefined) return 'too late';
  await shown(place, '/contacts/{id}', { id });
  const found = await shown(place, '/matters/{matterId}', { matterId: matter.id });
  return found === undefined ? 'vanished' : 'appeared';
}
