import { createHmac } from 'node:crypto';
import type { KeyRing } from './key-ring';

const HASH_BYTES = 16;
const WORDS_MAX = 400;

const NUMBER_RUN = /\+?\d[\d\s().\-/]{5,}\d/g;

/** A telephone number in its national form, so that the country code may be there or not (US, AU and UK). */
function nationalDigits(run: string): string {
  const digits = run.replace(/\D/g, '');
  if (/^1\d{10}$/.test(digits)) return digits.slice(1);
  if (/^(61\d{9}|44\d{9,10})$/.test(digits)) return `0${digits.slice(2)}`;
  return digits;
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words and numbers under which a text is found: lower case, accents off, numbers with and without punctuation and country code. */
export function searchWords(text: string): string[] {
  const plain = folded(text);
  const numbers = (plain.match(NUMBER_RUN) ?? []).flatMap((run) => [run.replace(/\D/g, ''), nationalDigits(run)]);
  const addresses = plain.match(/[^\s<>,;]+@[^\s<>,;]+/g) ?? [];
  return [...new Set([...wordsIn(plain), ...numbers, ...addresses])];
}

/** What a text must carry to be found by a question: every word of it, a written-out number counting as one. */
export function questionWords(question: string): string[] {
  const plain = folded(question);
  const numbers = (plain.match(NUMBER_RUN) ?? []).map(nationalDigits);
  return [...new Set([...wordsIn(plain.replace(NUMBER_RUN, ' ')), ...numbers])];
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

  /** The hashes that a row must carry to answer a question. */
  question(firmId: string, question: string): Buffer[] {
    return questionWords(question)
      .slice(0, WORDS_MAX)
      .map((word) => this.hash(firmId, 'word', word));
  }
}
