import type { Contact, Phone } from '@matterline/smokeball-client';

/** Where in a contact a number stands, the likeliest to be the caller's own first. */
export const MATCHED_ON = ['cell', 'phone', 'phone2', 'company', 'trust', 'fax'] as const;
export type MatchedOn = (typeof MATCHED_ON)[number];

export interface SmokeballPhone {
  readonly matchedOn: MatchedOn;
  /** As somebody typed it; may hold the area code, an extension, or two numbers. */
  readonly raw: string;
  /** Empty where Smokeball holds none apart. */
  readonly areaCode: string;
}

/** Every phone field of a contact of any kind that holds something. Source: docs/smokeball-api.md#contacts. */
export function smokeballPhoneNumbers(contact: Contact): SmokeballPhone[] {
  const { person, company, trust } = contact;
  const fields: readonly (readonly [MatchedOn, Phone | undefined])[] = [
    ['cell', person?.cell],
    ['phone', person?.phone],
    ['phone2', person?.phone2],
    ['company', company?.phone],
    ['trust', trust?.phone],
    ['fax', person?.fax],
    ['fax', company?.fax],
    ['fax', trust?.fax],
  ];
  return fields.flatMap(([matchedOn, phone]) => {
    const raw = phone?.number?.trim() ?? '';
    return raw === '' ? [] : [{ matchedOn, raw, areaCode: phone?.areaCode?.trim() ?? '' }];
  });
}
