import { randomBytes } from 'node:crypto';

/** Crockford's alphabet, as in ULIDs: CaseHug's ids look like `mat_01HXYZ…`. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type IdPrefix = 'mat' | 'cli' | 'doc' | 'upl' | 'evt' | 'key' | 'call';

/** A new id that sorts by time: ten characters of milliseconds, sixteen of chance. */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  let time = '';
  for (let rest = nowMs, place = 0; place < 10; place += 1, rest = Math.floor(rest / 32)) time = letter(rest) + time;
  const chance = [...randomBytes(16)].map(letter).join('');
  return `${prefix}_${time}${chance}`;
}

function letter(value: number): string {
  return ALPHABET.charAt(value % 32);
}
