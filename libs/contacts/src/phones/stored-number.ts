import { readNumberText } from './number-text';
import { numbersIn } from './numbers-in';
import { COUNTRY_PLANS, type PhoneCountry } from './phone-country';
import { canonical, readNumber } from './to-e164';

/** `whole` is canonical; `local` lacks its area code, which only the tenant's own may complete. */
export type StoredNumber = { readonly whole: string } | { readonly local: string };

/**
 * What a phone field of Smokeball stands for: the area code apart or inside, one number or several.
 * @param areaCode the record's own, not the tenant's
 */
export function storedNumbers(number: string, areaCode: string, country: PhoneCountry): StoredNumber[] {
  return numbersIn(number).flatMap((text) => storedNumber(text, areaCode, country) ?? []);
}

function storedNumber(text: string, areaCode: string, country: PhoneCountry): StoredNumber | null {
  const found = readNumberText(text);
  if (!found) return null;
  const area = areaCode.replace(/\D/g, '');
  const joined = area === '' || found.hasPlus ? null : readNumber(`${area}${found.digits}`, { country });
  const alone = readNumber(text, { country });
  // An area code that the number repeats gives too many digits together, so the number alone is then the better reading.
  const best = [joined, alone].find((reading) => reading?.quality === 'valid') ?? joined ?? alone;
  if (best) return { whole: best.e164 };
  const service = canonical(found, { country });
  if (service) return { whole: service };
  return area === '' && !found.hasPlus && COUNTRY_PLANS[country].local.test(found.digits)
    ? { local: found.digits }
    : null;
}
