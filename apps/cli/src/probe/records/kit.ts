import { look } from '../pause';
import type { ProbePlace } from '../probe';
import { QuestionFailure } from '../probe-failure';
import { idOf, membersOf, type Members, rowsOf, textOf } from '../smokeball/members';
import { type Answer, refusal, type SmokeballDoor } from '../smokeball/smokeball-door';
import type { ThrowAway } from './throw-away';

/** A place in which writing is allowed. */
export type WritingPlace = ProbePlace & { readonly throwAway: ThrowAway };

export function maySeeWrites(place: ProbePlace): place is WritingPlace {
  return place.throwAway !== null;
}

const PERSON = 'MATTERLINE';

/** The members that mark a person as ours: shown as "MATTERLINE PROBE – delete me …". */
export function markedPerson(place: WritingPlace): Members {
  return { firstName: PERSON, lastName: place.throwAway.marker.slice(PERSON.length + 1) };
}

export type Made = Answer & { readonly id: string };

/** A contact that can be read. @throws QuestionFailure when Smokeball refuses it or never shows it */
export async function newContact(place: WritingPlace, body: Members, requestId?: string): Promise<Made> {
  const made = accepted('POST /contacts', await place.throwAway.make('contact', '/contacts', { body, requestId }));
  await mustShow(place, '/contacts/{id}', { id: made.id });
  return made;
}

/** Sends a matter and does not wait for it. The number is our own, so that none of the firm's is used up. */
export async function sendMatter(
  place: WritingPlace,
  more: Members,
  requestId?: string,
): Promise<Answer & { readonly id: string | undefined }> {
  const { throwAway } = place;
  const isLead = more['isLead'] === true;
  const body = {
    matterTypeId: await typeId(place.smokeball, isLead ? 1 : 0),
    status: 'Open',
    description: throwAway.marker,
    ...(isLead ? {} : { number: `PROBE-${throwAway.runId}-${throwAway.all().length + 1}` }),
    ...more,
  };
  return await throwAway.make(isLead ? 'lead' : 'matter', '/matters', { body, requestId });
}

/** A matter (or lead) that can be read. @throws QuestionFailure */
export async function newMatter(place: WritingPlace, more: Members = {}, requestId?: string): Promise<Made> {
  const clientIds = [await client(place)];
  const made = accepted('POST /matters', await sendMatter(place, { clientIds, ...more }, requestId));
  await mustShow(place, '/matters/{matterId}', { matterId: made.id });
  return made;
}

const clients = new WeakMap<ThrowAway, Promise<string>>();
const matters = new WeakMap<ThrowAway, Promise<string>>();

/** One person for all questions that need any. */
export async function client(place: WritingPlace): Promise<string> {
  return await once(
    clients,
    place.throwAway,
    async () => (await newContact(place, { person: markedPerson(place) })).id,
  );
}

/** One matter for all questions that need any. */
export async function matter(place: WritingPlace): Promise<string> {
  return await once(matters, place.throwAway, async () => (await newMatter(place)).id);
}

/** The record, once it can be read; undefined when it does not appear in time. */
export async function shown(
  place: ProbePlace,
  route: string,
  path: Readonly<Record<string, string>>,
  test: (record: Members) => boolean = () => true,
): Promise<Members | undefined> {
  return await look(async () => {
    const answer = await place.smokeball.call('GET', route, { path });
    if (answer.status === 404) return undefined;
    if (answer.status >= 300) throw refusal(`GET ${route}`, answer);
    const record = membersOf(answer.body);
    return test(record) ? record : undefined;
  }, place);
}

export function accepted(call: string, answer: Answer & { readonly id: string | undefined }): Made {
  if (answer.id !== undefined) return { ...answer, id: answer.id };
  throw refusal(call, answer);
}

/** A matter type (0) or lead type (1) of this tenant: that of a record of the firm, else the first one. */
async function typeId(smokeball: SmokeballDoor, type: 0 | 1): Promise<string> {
  const records = await smokeball.read('/matters', { query: { Type: type === 1 ? 'Leads' : 'Matters', Limit: 1 } });
  const known =
    idOf(membersOf(rowsOf(records)[0])['matterType']) ?? textOf(membersOf(rowsOf(records)[0])['matterTypeId']);
  if (known !== undefined) return known;
  const first = idOf(rowsOf(await smokeball.read('/mattertypes', { query: { Type: type, Limit: 1 } }))[0]);
  if (first !== undefined) return first;
  throw new QuestionFailure(
    'The firm has no matter types to use.',
    'Make a matter in Smokeball by hand, then run again.',
  );
}

async function mustShow(place: WritingPlace, route: string, path: Readonly<Record<string, string>>): Promise<void> {
  if ((await shown(place, route, path)) !== undefined) return;
  throw new QuestionFailure(
    `What was accepted did not appear within ${place.waitMs / 1_000} s.`,
    'Give it longer with --wait.',
  );
}

async function once(
  known: WeakMap<ThrowAway, Promise<string>>,
  key: ThrowAway,
  make: () => Promise<string>,
): Promise<string> {
  const before = known.get(key);
  if (before !== undefined) return await before;
  const made = make();
  known.set(key, made);
  return await made;
}
