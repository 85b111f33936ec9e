import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { COUNTRY_PLANS, type PhoneCountry } from './phone-country';

/** A canonical number as people of that country write it: `617-399-8147`, `(02) 9011 5974`, abroad `+44 20 7946 0000`. */
export function display(e164: string, country: PhoneCountry): string {
  if (!e164.startsWith('+')) return e164;
  if (country === 'US' && /^\+1\d{10}$/.test(e164)) return e164.slice(2).replace(/^(\d{3})(\d{3})/, '$1-$2-');
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  const isOwn = parsed.countryCallingCode === COUNTRY_PLANS[country].callingCode;
  return isOwn ? parsed.formatNational() : parsed.formatInternational();
}
