import { createHmac } from 'node:crypto';
import type { KeyRing } from './key-ring';

const HASH_BYTES = 16;
const WORDS_MAX = 400;

/** Words and numbers of a text as they are compared: lower case, accents off, digits joined to numbers. */
export function searchWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  const numbers = (plain.match(/\+?[\d][\d\s().\-/]{5,}\d/g) ?? []).map((run) => run.replace(/\D/g, ''));
  const addresses = plain.match(/[^\s<>,;]+@[^\s<>,;]+/g) ?? [];
  return [...new Set([...words, ...numbers, ...addresses])];
}

/**
 * Keyed hashes by which encrypted client data is found again: HMAC-SHA-256, cut to 128 bits, different for every firm.
 * Equality only: nobody can search for a part of a word, and nobody without the key can try words.
 */
export class SearchHasher {
  constructor(private readonly keys: KeyRing) {}

  /** `kind` keeps an e-mail's hash from ever equalling a phone number's. */
  hash(firmId: string, kind: string, value: string): Buffer {
    const mac = createHmac('sha256', this.keys.indexKey).update(`${kind}\0${firmId}\0${value}`, 'utf8');
    return mac.digest().subarray(0, HASH_BYTES);
  }

  words(firmId: string, texts: readonly (string | null | undefined)[]): Buffer[] {
    const words = new Set(texts.flatMap((text) => (text ? searchWords(text) : [])));
    return [...words].slice(0, WORDS_MAX).map((word) => this.hash(firmId, 'word', word));
  }
}
