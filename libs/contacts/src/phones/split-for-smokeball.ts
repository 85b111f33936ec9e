import type { Region } from '@matterline/smokeball-client';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { extensionOf } from './number-text';
import { COUNTRY_PLANS, countryOfRegion } from './phone-country';
import { toE164 } from './to-e164';

const US_AREA_DIGITS = 3;

/** A number as Smokeball of that region stores it. */
export interface SmokeballPhoneParts {
  readonly areaCode?: string;
  readonly number: string;
}

/**
 * Splits a number for writing a contact: the area code apart for a US number in the US, national digits whole elsewhere, `+` and
 * everything for a foreign number. An extension stands behind it, since most numbers there have no field for it. What is no number stays
 * as it was typed: it is the client's data.
 */
export function splitForSmokeball(text: string, region: Region): SmokeballPhoneParts {
  const country = countryOfRegion(region);
  const e164 = toE164(text, { country });
  const typed = text.trim();
  if (!e164) return { number: typed };
  const extension = extensionOf(typed);
  const behind = extension === null ? '' : ` x${extension}`;
  if (!e164.startsWith(`+${COUNTRY_PLANS[country].callingCode}`)) return { number: e164 + behind };
  if (country === 'US') {
    const digits = e164.slice(2);
    return { areaCode: digits.slice(0, US_AREA_DIGITS), number: digits.slice(US_AREA_DIGITS) + behind };
  }
  const national = parsePhoneNumberFromString(e164)?.formatNational() ?? typed;
  return { number: national.replace(/\D/g, '') + behind };
}
