import type { SearchHasher } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { type MatchedOn, type PhoneCountry, smokeballPhoneNumbers, storedNumbers } from '../phones';

/** Kinds of hash: a number without its area code never equals a whole one. */
const WHOLE = 'phone';
const LOCAL = 'phone-local';

export interface HashedNumber {
  readonly hash: Buffer;
  readonly matchedOn: MatchedOn;
}

export const wholeHash = (hasher: SearchHasher, firmId: string, e164: string) => hasher.hash(firmId, WHOLE, e164);
export const localHash = (hasher: SearchHasher, firmId: string, digits: string) => hasher.hash(firmId, LOCAL, digits);

/** Every number of a contact as keyed hashes; a number that stands in two fields keeps the better one. */
export function contactHashes(
  hasher: SearchHasher,
  firmId: string,
  contact: Contact,
  country: PhoneCountry,
): HashedNumber[] {
  const found = new Map<string, HashedNumber>();
  for (const { matchedOn, raw, areaCode } of smokeballPhoneNumbers(contact)) {
    for (const number of storedNumbers(raw, areaCode, country)) {
      const hash =
        'whole' in number ? wholeHash(hasher, firmId, number.whole) : localHash(hasher, firmId, number.local);
      const key = hash.toString('hex');
      if (!found.has(key)) found.set(key, { hash, matchedOn });
    }
  }
  return [...found.values()];
}
