import { randomUUID } from 'node:crypto';
import { look } from '../pause';
import type { ProbePlace } from '../probe';
import { QuestionFailure } from '../probe-failure';
import { accepted, type WritingPlace } from '../records/kit';
import { textsOf } from '../smokeball/members';
import type { Receiver } from './receiver';

/** A place in which webhooks can be received. */
export type ListeningPlace = WritingPlace & { readonly receiver: Receiver };

export function isListening(place: ProbePlace): place is ListeningPlace {
  return place.throwAway !== null && place.receiver !== null;
}

const WANTED = [
  ...['contact.created', 'contact.updated', 'matter.created', 'matter.updated', 'matter.initialized'],
  ...['roles.updated', 'matteritems.updated', 'layoutmatter.created', 'files.updated', 'error'],
];

const subscribed = new WeakMap<Receiver, Promise<void>>();

/** Subscribes once, and makes sure that deliveries reach us. @throws QuestionFailure when they do not */
export async function subscribe(place: ListeningPlace): Promise<void> {
  const before = subscribed.get(place.receiver) ?? subscribeNow(place);
  subscribed.set(place.receiver, before);
  await before;
}

async function subscribeNow(place: ListeningPlace): Promise<void> {
  const { receiver, throwAway, smokeball } = place;
  const known = textsOf(await smokeball.read('/webhooks/types'));
  const eventTypes = WANTED.filter((type) => known.includes(type));
  const body = { name: throwAway.marker, key: receiver.key, eventTypes, eventNotificationUrl: receiver.url };
  const { id } = accepted('POST /webhooks', await throwAway.make('webhook', '/webhooks', { body }));
  place.say('Waiting for Smokeball’s first webhook …');
  const requestId = randomUUID();
  await throwAway.change('POST', '/webhooks/{id}/notify', { path: { id }, requestId });
  const noop = await look(() => receiver.deliveries.find(({ type }) => type === 'noop'), place);
  if (noop !== undefined) return;
  throw new QuestionFailure(
    `No webhook arrived within ${place.waitMs / 1_000} s.`,
    'See that --receiver-url leads to --receiver-port on this machine, from the internet.',
  );
}
