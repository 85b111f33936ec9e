import { look } from '../pause';
import { membersOf } from '../smokeball/members';
import type { Answer, SmokeballDoor } from '../smokeball/smokeball-door';
import { findMarked } from './find-marked';
import type { Made, MadeKind } from './made';
import { MARKER } from './marker';
import type { ThrowAway } from './throw-away';

export interface TakeAway {
  /** How long a record may take to appear, and a deletion to be seen. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** Removes everything that was made, and what earlier runs left when they were killed. Never throws: what fails is `left`. */
export async function takeAway(throwAway: ThrowAway, options: TakeAway): Promise<readonly Made[]> {
  await findMore(throwAway, options);
  for (const made of throwAway.all()) {
    if (made.state !== 'made') continue;
    options.say(`Cleaning up: ${made.kind} ${made.id}`);
    throwAway.note(await remove(throwAway.smokeball, made, options));
  }
  return throwAway.all();
}

/** After a write without an answer the record may turn up late; otherwise one look is enough. */
async function findMore(throwAway: ThrowAway, options: TakeAway): Promise<void> {
  const isInDoubt = throwAway.mayHaveMore();
  try {
    if (isInDoubt) await look(() => findMarked(throwAway, options.signal), options);
    else await findMarked(throwAway, options.signal);
  } catch {
    const how = `a write got no answer and could not be looked for; search Smokeball for ${MARKER}`;
    if (isInDoubt) throwAway.note({ kind: 'contact', id: 'unknown', state: 'left', how, madeAtMs: 0 });
  }
}

async function remove(smokeball: SmokeballDoor, made: Made, options: TakeAway): Promise<Made> {
  const { signal } = options;
  const removal = REMOVALS[made.kind];
  if (removal === undefined) {
    return { ...made, state: 'stays', how: 'a name in the firm’s list of tags; Smokeball’s API cannot remove it' };
  }
  try {
    const waitMs = Math.max(0, options.waitMs - (performance.now() - made.madeAtMs));
    const answer = await look(() => unlessMissing(removal.send(smokeball, made, signal)), { waitMs, signal });
    if (answer === undefined) return { ...made, state: 'cleaned', how: 'was never stored' };
    if (answer.status >= 300) return { ...made, state: 'left', how: `Smokeball answered ${answer.status}` };
    const isSeen = await look(() => isGone(smokeball, made, signal), options);
    if (isSeen === true) return { ...made, state: 'cleaned', how: removal.how };
    return { ...made, state: 'left', how: 'Smokeball accepted it and does not show it yet; look again later' };
  } catch (error) {
    const why = error instanceof Error && error.message !== '' ? error.message : 'interrupted';
    return { ...made, state: 'left', how: why };
  }
}

interface Removal {
  readonly how: string;
  send(smokeball: SmokeballDoor, made: Made, signal: AbortSignal): Promise<Answer>;
}

const MATTER = '/matters/{matterId}';
const FILE = `${MATTER}/documents/files/{fileId}`;
const readMatter = ({ id }: Made) => [MATTER, { matterId: id }] as const;
const deletion = (route: string, path: (made: Made) => Readonly<Record<string, string>>): Removal => ({
  how: 'deleted',
  send: (smokeball, made, signal) => smokeball.call('DELETE', route, { path: path(made), signal }),
});

/** Matters cannot be removed. They are cancelled, unless a question has given them the status Deleted. */
const cancellation: Removal = {
  how: 'cannot be removed; has the status Cancelled or Deleted',
  send: async (smokeball, made, signal) => {
    const path = { matterId: made.id };
    const found = await smokeball.call('GET', MATTER, { path, signal });
    const { status, isLead } = membersOf(found.body);
    if (found.status >= 300 || status === 'Deleted') return found;
    const body = { status: 'Cancelled', ...(isLead === true ? { isLead } : {}) };
    return await smokeball.call('PATCH', MATTER, { path, body, signal });
  },
};

const REMOVALS: Readonly<Partial<Record<MadeKind, Removal>>> = {
  contact: deletion('/contacts/{id}', ({ id }) => ({ id })),
  webhook: deletion('/webhooks/{id}', ({ id }) => ({ id })),
  file: deletion(FILE, ({ id, matterId = '' }) => ({ matterId, fileId: id })),
  matter: cancellation,
  lead: cancellation,
};

type Read = (made: Made) => readonly [route: string, path: Readonly<Record<string, string>>];
const READS: Readonly<Partial<Record<MadeKind, Read>>> = {
  contact: ({ id }) => ['/contacts/{id}', { id }],
  file: ({ id, matterId = '' }) => [FILE, { matterId, fileId: id }],
  matter: readMatter,
  lead: readMatter,
};

/** Removing is accepted first and done later, like every write. */
async function isGone(smokeball: SmokeballDoor, made: Made, signal: AbortSignal): Promise<true | undefined> {
  const [route, path] = READS[made.kind]?.(made) ?? [];
  if (route === undefined) return true;
  const answer = await smokeball.call('GET', route, { path, signal });
  const { isDeleted, status } = membersOf(answer.body);
  return answer.status === 404 || isDeleted === true || status === 'Cancelled' || status === 'Deleted' || undefined;
}

/** A record that was just made may not be there yet. */
async function unlessMissing(call: Promise<Answer>): Promise<Answer | undefined> {
  const answer = await call;
  return answer.status === 404 ? undefined : answer;
}
