import type { Address as OurAddress, Party } from '@matterline/contracts';
import type { ContactWrite, Region } from '@matterline/smokeball-client';
import { splitForSmokeball } from '../phones';

type PersonWrite = NonNullable<ContactWrite['person']>;
type CompanyWrite = NonNullable<ContactWrite['company']>;
type AddressWrite = NonNullable<PersonWrite['residentialAddress']>;

/** A party as a Smokeball contact: a `company_name` makes it a company. Source: docs/smokeball-api.md#contacts. */
export function toContactWrite(party: Party, region: Region): ContactWrite {
  const base = { externalSystemId: party.id, isDeleted: false };
  if (party.company_name) return { ...base, company: companyOf(party, region) };
  return { ...base, person: personOf(party, region) };
}

function personOf(party: Party, region: Region): PersonWrite {
  return {
    firstName: party.first_name ?? undefined,
    lastName: party.last_name ?? undefined,
    email: party.email ?? undefined,
    phone: phoneOf(party.phone, region),
    cell: phoneOf(party.mobile, region),
    residentialAddress: addressOf(party.address, region),
  };
}

function companyOf(party: Party, region: Region): CompanyWrite {
  return {
    name: party.company_name ?? undefined,
    email: party.email ?? undefined,
    phone: phoneOf(party.phone ?? party.mobile, region),
    businessAddress: addressOf(party.address, region),
  };
}

function phoneOf(text: string | null | undefined, region: Region): PersonWrite['phone'] {
  return text ? splitForSmokeball(text, region) : undefined;
}

/** Free lines exist in the US form only; elsewhere the lines go where the street stands. */
function addressOf(address: OurAddress | null | undefined, region: Region): AddressWrite | undefined {
  if (!address) return undefined;
  const place = {
    city: address.city ?? undefined,
    state: address.state ?? undefined,
    zipCode: address.zip ?? undefined,
  };
  if (region === 'us')
    return { addressLine1: address.line1 ?? undefined, addressLine2: address.line2 ?? undefined, ...place };
  const street = [address.line1, address.line2].filter(Boolean).join(', ');
  return { streetName: street === '' ? undefined : street, ...place };
}
