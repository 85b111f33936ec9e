import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_BYTES = 16;

/**
 * A new opaque id such as `op_01j…`: 10 characters of time (so that neighbours sort together in an index), 16 random ones.
 * Ids name things; they are not secrets, see `newSecret`.
 */
export function newId(prefix: string): string {
  let time = Date.now();
  let head = '';
  for (let i = 0; i < 10; i += 1) {
    head = ALPHABET.charAt(time % 32) + head;
    time = Math.floor(time / 32);
  }
  let tail = '';
  for (const byte of randomBytes(RANDOM_BYTES)) tail += ALPHABET.charAt(byte % 32);
  return `${prefix}_${head}${tail}`;
}

/** An unguessable secret of 256 bits, safe in a URL, a header and a shell. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}
