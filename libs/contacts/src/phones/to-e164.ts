import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type NumberText, readNumberText } from './number-text';
import { COUNTRY_PLANS, type PhoneCountry } from './phone-country';

export interface NumberPlan {
  readonly country: PhoneCountry;
  /** Completes a number that lacks it; with or without trunk zero. */
  readonly areaCode?: string | null;
  /** Where the PBX dials something unusual before foreign numbers. */
  readonly intlPrefix?: string | null;
}

/** `valid`: the plan knows it. `possible`: the right length and shape, such as a new area code or one from an example. */
interface Reading {
  readonly e164: string;
  readonly quality: 'valid' | 'possible';
}

const DIGITS_MAX = 19;

/**
 * One canonical writing of a number, whatever way it was written: E.164 (`+16173998147`), or the bare digits of a service number.
 * Null for what is no whole number: nothing is guessed. Source: docs/telephony.md#numbers.
 */
export function toE164(text: string, plan: NumberPlan): string | null {
  const number = readNumberText(text);
  return number && canonical(number, plan);
}

/** As `toE164`, for a number that has been found already. */
export function canonical(number: NumberText, plan: NumberPlan): string | null {
  if (number.digits.length > DIGITS_MAX) return null;
  const readings = readingsOf(number, plan);
  const best = readings.find((reading) => reading.quality === 'valid') ?? readings[0];
  if (best) return best.e164;
  return COUNTRY_PLANS[plan.country].service.test(number.digits) ? number.digits : null;
}

/** The same, saying how sure it is; for choosing between two ways to put a stored number together. */
export function readNumber(text: string, plan: NumberPlan): Reading | null {
  const number = readNumberText(text);
  if (!number || number.digits.length > DIGITS_MAX) return null;
  const readings = readingsOf(number, plan);
  return readings.find((reading) => reading.quality === 'valid') ?? readings[0] ?? null;
}

/** Every way to read the digits, the likeliest first. A plus leaves one way only. */
function readingsOf({ digits, hasPlus }: NumberText, plan: NumberPlan): Reading[] {
  const { callingCode } = COUNTRY_PLANS[plan.country];
  if (hasPlus) {
    const international = fromInternational(digits);
    if (international) return [international];
  }
  const prefixed = withoutIntlPrefix(digits, plan).map(fromInternational);
  const national = fromNational(digits, plan.country);
  const ownCode = digits.startsWith(callingCode) ? fromInternational(digits) : null;
  const completed = withAreaCode(digits, plan);
  // Last: a foreign number without its plus. Only where the plan knows it, or any long number would become some country's.
  const foreign = fromInternational(digits);
  const readings = [...prefixed, national, ownCode, completed, foreign?.quality === 'valid' ? foreign : null];
  return readings.filter((reading) => reading !== null);
}

function withoutIntlPrefix(digits: string, { country, intlPrefix }: NumberPlan): string[] {
  const prefixes = [intlPrefix?.replace(/\D/g, '') ?? '', ...COUNTRY_PLANS[country].intlPrefixes];
  return prefixes
    .filter((prefix) => prefix !== '' && digits.startsWith(prefix))
    .map((prefix) => digits.slice(prefix.length));
}

function fromInternational(digits: string): Reading | null {
  if (digits.startsWith('0')) return null;
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  if (!parsed?.isPossible()) return null;
  return { e164: parsed.number, quality: parsed.isValid() ? 'valid' : 'possible' };
}

function fromNational(digits: string, country: PhoneCountry): Reading | null {
  if (digits.startsWith('00')) return null;
  const { callingCode, complete } = COUNTRY_PLANS[country];
  const parsed = parsePhoneNumberFromString(digits, country);
  if (!parsed || parsed.countryCallingCode !== callingCode) return null;
  if (parsed.isValid()) return { e164: parsed.number, quality: 'valid' };
  return complete.test(parsed.nationalNumber) ? { e164: parsed.number, quality: 'possible' } : null;
}

function withAreaCode(digits: string, { country, areaCode }: NumberPlan): Reading | null {
  const { local, callingCode, trunkPrefix, complete } = COUNTRY_PLANS[country];
  const area = areaDigits(areaCode, trunkPrefix);
  if (area === '' || !local.test(digits)) return null;
  const parsed = parsePhoneNumberFromString(`+${callingCode}${area}${digits}`);
  if (!parsed || parsed.countryCallingCode !== callingCode) return null;
  if (parsed.isValid()) return { e164: parsed.number, quality: 'valid' };
  return complete.test(parsed.nationalNumber) ? { e164: parsed.number, quality: 'possible' } : null;
}

/** An area code's digits without the trunk prefix, which tenants write or leave out. */
export function areaDigits(areaCode: string | null | undefined, trunkPrefix: string): string {
  const digits = (areaCode ?? '').replace(/\D/g, '');
  return trunkPrefix !== '' && digits.startsWith(trunkPrefix) ? digits.slice(trunkPrefix.length) : digits;
}
