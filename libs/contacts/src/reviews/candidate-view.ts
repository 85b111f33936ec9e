import type { ContactCandidate, Party } from '@matterline/contracts';
import type { Contact } from '@matterline/smokeball-client';
import { emailsOf, type Judgement, kindOf } from '../matching';
import { contactDisplay } from '../phone-index';
import { display, type PhoneCountry, smokeballPhoneNumbers, storedNumbers } from '../phones';

/** A candidate as a person sees it beside the client: what it says, and why it could be meant or not. */
export function candidateOf(judgement: Judgement, contact: Contact, country: PhoneCountry): ContactCandidate {
  const { person, company, trust, groupOfPeople } = contact;
  const address =
    person?.residentialAddress ?? company?.businessAddress ?? trust?.address ?? groupOfPeople?.residentialAddress;
  const street = address?.addressLine1
    ? [address.addressLine1, address.addressLine2]
    : [[address?.streetNumber, address?.streetName, address?.streetType].filter(Boolean).join(' ')];
  return {
    contact_id: contact.id,
    kind: kindOf(contact),
    name: contactDisplay(contact).name,
    email: emailsOf(contact).join(', ') || null,
    phones: phonesOf(contact, country),
    address: [...street, address?.city, address?.state, address?.zipCode].filter(Boolean).join(', ') || null,
    likely: judgement.verdict !== 'doubtful',
    reasons_for: judgement.reasonsFor,
    reasons_against: judgement.reasonsAgainst,
  };
}

/** What CaseHug says of the client, in the same form. */
export function clientOf(party: Party) {
  const { line1, line2, city, state, zip } = party.address ?? {};
  return {
    email: party.email ?? null,
    phones: [party.mobile, party.phone].filter((phone): phone is string => Boolean(phone)),
    address: [line1, line2, city, state, zip].filter(Boolean).join(', ') || null,
  };
}

function phonesOf(contact: Contact, country: PhoneCountry): string[] {
  const written = smokeballPhoneNumbers(contact).map(({ raw, areaCode }) => {
    const [first] = storedNumbers(raw, areaCode, country);
    return first && 'whole' in first ? display(first.whole, country) : [areaCode, raw].filter(Boolean).join(' ');
  });
  return [...new Set(written)];
}
