import {
  localPart,
  MATCHED_ON,
  type MatchedOn,
  type NumberPlan,
  smokeballPhoneNumbers,
  storedNumbers,
} from '@matterline/contacts';
import type { Contact } from '@matterline/smokeball-client';

export interface LiveHit {
  readonly contact: Contact;
  readonly matchedOn: MatchedOn;
}

/** Where in a contact exactly this number stands; null when it only looks alike. */
export function matchedField(contact: Contact, e164: string, plan: NumberPlan): MatchedOn | null {
  const local = localPart(e164, plan);
  const found = smokeballPhoneNumbers(contact).find(({ raw, areaCode }) =>
    storedNumbers(raw, areaCode, plan.country).some((number) =>
      'whole' in number ? number.whole === e164 : number.local === local,
    ),
  );
  return found?.matchedOn ?? null;
}

/** The hits that hold the number, the likeliest first, then the newest. */
export function verifiedHits(contacts: readonly Contact[], e164: string, plan: NumberPlan): LiveHit[] {
  const hits = contacts.flatMap((contact) => {
    const matchedOn = contact.isDeleted ? null : matchedField(contact, e164, plan);
    return matchedOn === null ? [] : [{ contact, matchedOn }];
  });
  return hits.sort((left, right) => rank(left) - rank(right) || newerFirst(left, right));
}

const rank = ({ matchedOn }: LiveHit) => MATCHED_ON.indexOf(matchedOn);

function newerFirst(left: LiveHit, right: LiveHit): number {
  const difference = (right.contact.lastUpdated ?? 0n) - (left.contact.lastUpdated ?? 0n);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
