import type { Party } from '@matterline/contracts';
import type { Contact } from '@matterline/smokeball-client';
import { numbersIn, type PhoneCountry, smokeballPhoneNumbers, storedNumbers, toE164 } from '../phones';
import { compareCompanies } from './compare-companies';
import { comparePeople, type NameComparison, type NameLikeness } from './compare-people';
import {
  type ContactKind,
  emailsOf,
  foldEmail,
  KIND_WORDS,
  kindOf,
  organisationNamesOf,
  personNameOf,
} from './contact-facts';

/**
 * `ours`: an earlier try of ours made it. `sure`: the same, as far as one can know. `likely`: may well be the same. `doubtful`: shares an
 * address or a mobile number, but the rest says somebody else. `none`: not a candidate.
 */
export type Verdict = 'ours' | 'sure' | 'likely' | 'doubtful' | 'none';

export interface Judgement {
  readonly contactId: string;
  readonly verdict: Verdict;
  /** In words a paralegal understands; they quote client data. */
  readonly reasonsFor: readonly string[];
  readonly reasonsAgainst: readonly string[];
}

type Shared = 'mobile' | 'phone' | 'fax' | null;

/** One row a likeness of names: what it is worth with the same e-mail address, mobile, other phone and fax number. */
const WORTH: Readonly<Record<NameLikeness, Readonly<Record<'email' | 'mobile' | 'phone' | 'fax', Verdict>>>> = {
  same: { email: 'sure', mobile: 'sure', phone: 'sure', fax: 'likely' },
  // An address is one person's: a short form of the name, a new surname or none at all do not speak against it.
  similar: { email: 'sure', mobile: 'likely', phone: 'likely', fax: 'none' },
  renamed: { email: 'sure', mobile: 'likely', phone: 'likely', fax: 'none' },
  // Spouses share an address or a mobile now and then; a home number they share as a rule.
  family: { email: 'doubtful', mobile: 'doubtful', phone: 'none', fax: 'none' },
  unknown: { email: 'sure', mobile: 'likely', phone: 'none', fax: 'none' },
  // A switchboard belongs to everybody who works there.
  different: { email: 'doubtful', mobile: 'doubtful', phone: 'none', fax: 'none' },
};

/** Whether a Smokeball contact is the person or company that CaseHug speaks of, and why. Source: docs/contacts.md#matching. */
export function judgeContact(party: Party, contact: Contact, country: PhoneCountry): Judgement {
  const none: Judgement = { contactId: contact.id, verdict: 'none', reasonsFor: [], reasonsAgainst: [] };
  if (contact.isDeleted) return none;
  const email = party.email ? emailsOf(contact).map(foldEmail).includes(foldEmail(party.email)) : false;
  const shared = sharedNumber(party, contact, country);
  const kind = kindOf(contact);
  const wanted: ContactKind = party.company_name ? 'company' : 'person';
  const names = compareNames(party, contact, kind);
  const reasonsFor = [
    ...(email ? ['Same e-mail address'] : []),
    ...(shared ? [`Same ${shared === 'phone' ? 'phone' : shared} number`] : []),
    ...(names.likeness === 'same' || names.likeness === 'similar' ? [names.words] : []),
  ];
  const reasonsAgainst = [
    ...(kind === wanted ? [] : [`In Smokeball this is ${KIND_WORDS[kind]}, in CaseHug ${KIND_WORDS[wanted]}`]),
    ...(names.likeness === 'same' || names.likeness === 'similar' ? [] : [names.words]),
    ...(!email && party.email && emailsOf(contact).length > 0 ? ['Another e-mail address'] : []),
  ];
  const isOurs = contact.externalSystemId === party.id;
  if (isOurs)
    return {
      ...none,
      verdict: 'ours',
      reasonsFor: ['It carries the client’s CaseHug id', ...reasonsFor],
      reasonsAgainst,
    };
  const verdict = kind === wanted ? worthOf(names.likeness, email, shared) : otherKind(names.likeness, email, shared);
  return { contactId: contact.id, verdict, reasonsFor, reasonsAgainst };
}

function worthOf(likeness: NameLikeness, email: boolean, shared: Shared): Verdict {
  const worth = WORTH[likeness];
  if (email) return worth.email;
  return shared ? worth[shared] : 'none';
}

/** A person and a company are never one record; but somebody may have been put in as the wrong kind. */
function otherKind(likeness: NameLikeness, email: boolean, shared: Shared): Verdict {
  if (email) return 'doubtful';
  return shared && shared !== 'fax' && likeness === 'same' ? 'likely' : 'none';
}

function compareNames(party: Party, contact: Contact, kind: ContactKind): NameComparison {
  const own = { first: party.first_name, last: party.last_name };
  if (!party.company_name && kind === 'person') return comparePeople(own, personNameOf(contact));
  const name = party.company_name || [own.first, own.last].filter(Boolean).join(' ');
  const { first, last } = personNameOf(contact);
  const held = kind === 'person' ? [[first, last].filter(Boolean).join(' ')] : organisationNamesOf(contact);
  return compareCompanies(name, held);
}

/** The numbers of a party in canonical form; the mobile first. */
export function partyNumbers(party: Party, country: PhoneCountry): { e164: string; isMobile: boolean }[] {
  const read = (text: string | null | undefined, isMobile: boolean) =>
    numbersIn(text ?? '').flatMap((one) => {
      const e164 = toE164(one, { country });
      return e164?.startsWith('+') ? [{ e164, isMobile }] : [];
    });
  const all = [...read(party.mobile, true), ...read(party.phone, false)];
  return all.filter((one, at) => all.findIndex(({ e164 }) => e164 === one.e164) === at);
}

/** The best field in which both have one number. */
function sharedNumber(party: Party, contact: Contact, country: PhoneCountry): Shared {
  const own = partyNumbers(party, country);
  let best: Shared = null;
  for (const { matchedOn, raw, areaCode } of smokeballPhoneNumbers(contact)) {
    const held = new Set(storedNumbers(raw, areaCode, country).flatMap((one) => ('whole' in one ? [one.whole] : [])));
    const hit = own.find(({ e164 }) => held.has(e164));
    if (!hit) continue;
    if (matchedOn === 'fax') best ??= 'fax';
    else if (matchedOn === 'cell' || hit.isMobile) return 'mobile';
    else best = 'phone';
  }
  return best;
}
