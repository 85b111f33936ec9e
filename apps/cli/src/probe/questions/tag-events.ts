import { randomUUID } from 'node:crypto';
import { notSettled, settled } from '../finding';
import { look, pause } from '../pause';
import type { Probe } from '../probe';
import { isListening, type ListeningPlace, subscribe } from '../receiver/subscription';
import { client, markedPerson, matter } from '../records/kit';
import { TAG_NAME } from '../records/marker';
import { rowsOf, textOf } from '../smokeball/members';

const MATTER = '/matters/{matterId}';

/** Tags are added first; a plain change of the same record follows, whose event shows that events come at all. */
export const tagEvents: Probe = {
  id: 'tag-events',
  question: 'Do changes of tags raise events?',
  needs: ['receiver'],
  ask: async (place) => {
    if (!isListening(place)) return notSettled('No webhooks can be received.', 'Add --receiver-url.');
    await subscribe(place);
    const [contactId, matterId] = [await client(place), await matter(place)];
    const tags = { contact: await tagContact(place, contactId), matter: await tagMatter(place, matterId) };
    await pause(place.waitMs / 2, place.signal);
    const controls = { contact: await changeContact(place, contactId), matter: await changeMatter(place, matterId) };
    const arrived = (requestId: string) => place.receiver.deliveries.some((one) => one.requestId === requestId);
    const isThere = await look(() => (arrived(controls.contact) && arrived(controls.matter)) || undefined, place);
    if (isThere === undefined)
      return notSettled('Not even plain changes raised events.', 'Give it longer with --wait.');
    const [ofContact, ofMatter] = [arrived(tags.contact), arrived(tags.matter)];
    const says = (is: boolean) => (is ? 'an event' : 'no event');
    const evidence = `a contact’s tag raised ${says(ofContact)}, a matter’s tag ${says(ofMatter)}; plain changes of both raised events.`;
    if (ofContact !== ofMatter)
      return settled('Of one of the two only.', `${evidence} The simulator has no position for it.`);
    return settled(ofContact ? 'Yes.' : 'No.', evidence, { tag_events: ofContact });
  },
};

async function tagContact(place: ListeningPlace, id: string): Promise<string> {
  const { throwAway, smokeball } = place;
  const requestId = randomUUID();
  const route = '/contacts/{id}/tags';
  await throwAway.change('POST', route, { path: { id }, body: [TAG_NAME], requestId });
  const tags = rowsOf(await smokeball.read(route, { path: { id } }));
  for (const tag of tags.filter(({ name }) => name === TAG_NAME)) {
    throwAway.note({ kind: 'contact tag', id: textOf(tag['id']) ?? '', state: 'made', how: '', madeAtMs: 0 });
  }
  return requestId;
}

async function tagMatter(place: ListeningPlace, matterId: string): Promise<string> {
  const { throwAway, smokeball } = place;
  const requestId = randomUUID();
  const route = `${MATTER}/tags`;
  const body = [{ type: 'Custom', name: TAG_NAME }];
  await throwAway.change('POST', route, { path: { matterId }, body, requestId });
  const tags = rowsOf(await smokeball.read(route, { path: { matterId } }));
  for (const tag of tags.filter(({ name }) => name === TAG_NAME)) {
    throwAway.note({ kind: 'matter tag', id: textOf(tag['id']) ?? '', state: 'made', how: '', madeAtMs: 0 });
  }
  return requestId;
}

async function changeContact(place: ListeningPlace, id: string): Promise<string> {
  const requestId = randomUUID();
  const body = { person: { ...markedPerson(place), notes: 'probe' }, isDeleted: false };
  await place.throwAway.change('PUT', '/contacts/{id}', { path: { id }, body, requestId });
  return requestId;
}

async function changeMatter(place: ListeningPlace, matterId: string): Promise<string> {
  const requestId = randomUUID();
  const body = { externalSystemId: `probe-${place.throwAway.runId}-event` };
  await place.throwAway.change('PATCH', MATTER, { path: { matterId }, body, requestId });
  return requestId;
}
