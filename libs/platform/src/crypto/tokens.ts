import { createHash, timingSafeEqual } from 'node:crypto';

/** Tokens and keys of 256 random bits are stored as plain SHA-256: there is nothing to guess. Passwords are not (libs/auth). */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

export function sha256Hex(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Compares in a time that depends on nothing but the first argument's length. */
export function equalInConstantTime(left: string, right: string): boolean {
  return timingSafeEqual(hashToken(left), hashToken(right));
}
