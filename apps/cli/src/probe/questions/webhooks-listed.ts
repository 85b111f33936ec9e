import { notSettled, settled, type Outcome } from '../finding';
import type { Probe, ProbePlace, SecondSignIn } from '../probe';
import { accepted, maySeeWrites } from '../records/kit';
import { idOf, rowsOf } from '../smokeball/members';
import type { SmokeballDoor } from '../smokeball/smokeball-door';

/** Two sign-ins to one firm list their webhooks; without a second one nothing can be told. */
export const webhooksListed: Probe = {
  id: 'webhooks-listed',
  question: 'Does GET /webhooks list per account, per application or per user?',
  needs: ['second-sign-in'],
  ask: async (place) => {
    const { second } = place;
    if (second === null) return notSettled('It cannot be settled with one application.', 'Add --second-sign-in.');
    const firms = [idOf(await place.smokeball.read('/firm')), idOf(await second.smokeball.read('/firm'))];
    if (firms[0] !== firms[1])
      return notSettled('The two sign-ins are to different firms.', 'Sign in to the same firm.');
    const mine = await webhooksOf(place.smokeball);
    const own = mine.length === 0 ? await makeOne(place) : mine;
    if (own.length === 0) return notSettled('The firm has no webhooks.', 'Run again with --write.');
    const theirs = await webhooksOf(second.smokeball);
    const seen = own.filter((id) => theirs.includes(id)).length;
    return conclusion(second, seen, own.length);
  },
};

function conclusion(second: SecondSignIn, seen: number, all: number): Outcome {
  const who = second.isOtherApplication ? 'the other application' : 'another user of the application';
  const evidence = `${who} sees ${seen} of ${all} webhooks.`;
  const isShared = seen > 0;
  if (isShared && second.isOtherApplication)
    return settled('Per account.', evidence, { webhooks_listed_by: 'account' });
  if (!isShared && !second.isOtherApplication && second.isOtherUser) {
    return settled('Per user.', evidence, { webhooks_listed_by: 'user' });
  }
  if (!isShared && second.isOtherApplication && !second.isOtherUser) {
    return settled('Per application.', evidence, { webhooks_listed_by: 'client' });
  }
  if (!second.isOtherApplication && !second.isOtherUser) {
    return notSettled('Both sign-ins were the same person with the same application.', 'Set SMOKEBALL_SECOND_CLIENT_ID, _SECRET and _API_KEY, or sign in as somebody else.'); // prettier-ignore
  }
  const next = isShared
    ? 'Sign in with another application the second time.'
    : 'Sign in as the same person both times.';
  return notSettled(`Half is known: ${evidence}`, next);
}

async function webhooksOf(door: SmokeballDoor): Promise<readonly string[]> {
  return rowsOf(await door.read('/webhooks')).flatMap((webhook) => idOf(webhook) ?? []);
}

async function makeOne(place: ProbePlace): Promise<readonly string[]> {
  if (!maySeeWrites(place)) return [];
  const { throwAway, hosts } = place;
  const body = {
    name: throwAway.marker,
    eventTypes: ['contact.created'],
    eventNotificationUrl: `${hosts.app}/nowhere`,
  };
  return [accepted('POST /webhooks', await throwAway.make('webhook', '/webhooks', { body })).id];
}
