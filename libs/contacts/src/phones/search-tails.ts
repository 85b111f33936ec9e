import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneCountry } from './phone-country';

/** How many last digits nobody writes differently: the subscriber's own part. */
const TAIL_DIGITS: Readonly<Record<PhoneCountry, number>> = { US: 7, AU: 8, GB: 6 };

/** One attempt to find stored numbers whose writing we do not know. */
export interface SearchTail {
  readonly text: string;
  readonly match: 'contains' | 'ends';
}

/**
 * Tails to search Smokeball with, the likeliest first: its search compares with what was typed, punctuation and all. The plain digits,
 * then as the country groups them, then the last group alone. What comes back must be compared in full.
 */
export function searchTails(e164: string, country: PhoneCountry): SearchTail[] {
  const digits = e164.replace(/\D/g, '').slice(-TAIL_DIGITS[country]);
  const parsed = e164.startsWith('+') ? parsePhoneNumberFromString(e164) : undefined;
  const written =
    parsed?.country === 'US' ? e164.slice(2).replace(/^(\d{3})(\d{3})/, '$1-$2-') : parsed?.formatNational();
  const grouped = written === undefined ? digits : tailOf(written, digits.length);
  const lastGroup = /\d+$/.exec(grouped)?.[0] ?? '';
  const tails: SearchTail[] = [{ text: digits, match: 'contains' }];
  if (grouped !== digits) tails.push({ text: grouped, match: 'contains' });
  if (grouped !== digits && lastGroup.length >= 3) tails.push({ text: lastGroup, match: 'ends' });
  return tails;
}

/** The end of a written number that holds so many digits. */
function tailOf(written: string, count: number): string {
  let at = written.length;
  for (let left = count; left > 0 && at > 0; at -= 1) if (/\d/.test(written.charAt(at - 1))) left -= 1;
  return written.slice(at);
}
