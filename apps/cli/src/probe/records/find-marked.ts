import { membersOf, rowsOf, textOf } from '../smokeball/members';
import type { MadeKind } from './made';
import { isMarked, MARKER } from './marker';
import type { ThrowAway } from './throw-away';
import { FILES } from './upload';

/**
 * Notes what bears the marker and is not known: from a write that got no answer, or from a run that was killed.
 * @returns true when there was something, else undefined
 */
export async function findMarked(throwAway: ThrowAway, signal: AbortSignal): Promise<true | undefined> {
  const { smokeball } = throwAway;
  const known = new Set(throwAway.all().map(({ id }) => id));
  const note = (kind: MadeKind, record: unknown, matterId?: string) => {
    const id = textOf(record);
    const madeAtMs = performance.now();
    if (id !== undefined && !known.has(id)) throwAway.note({ kind, id, matterId, state: 'made', how: '', madeAtMs });
  };
  const contacts = { Search: `name:*${MARKER}*`, ExcludeDeletedContacts: true };
  for (const contact of rowsOf(await smokeball.read('/contacts', { query: contacts, signal }))) {
    const { firstName, lastName } = membersOf(contact['person']);
    const names = [membersOf(contact['company'])['name'], `${String(firstName)} ${String(lastName)}`];
    if (names.some(isMarked)) note('contact', contact['id']);
  }
  const matters = { Search: MARKER, Type: 'Matters,Leads', Status: ['Open', 'Pending'] };
  for (const matter of rowsOf(await smokeball.read('/matters', { query: matters, signal })))
    if (isMarked(matter['description'])) note(matter['isLead'] === true ? 'lead' : 'matter', matter['id']);
  for (const webhook of rowsOf(await smokeball.read('/webhooks', { signal })))
    if (isMarked(webhook['name'])) note('webhook', webhook['id']);
  for (const { kind, id: matterId } of throwAway.all()) {
    if (kind !== 'matter' || (known.has(matterId) && !throwAway.mayHaveMore())) continue;
    const files = await smokeball.call('GET', FILES, { path: { matterId }, signal });
    for (const file of rowsOf(files.body)) if (file['isDeleted'] !== true) note('file', file['id'], matterId);
  }
  return throwAway.all().some(({ id }) => !known.has(id)) || undefined;
}
