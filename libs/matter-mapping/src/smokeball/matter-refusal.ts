import type { OperationErrorCode } from '@matterline/contracts';
import type { Failed } from '@matterline/sync';

/**
 * Smokeball says in words only why it refuses a matter, at once or later, and documents none of them: what is not recognised stays with
 * its general code and the words themselves.
 */
const WORDS: readonly (readonly [RegExp, OperationErrorCode])[] = [
  [/\bnumber\b.*\b(in use|used|taken|exists?|duplicate|unique)\b|\bduplicate\b.*\bnumber\b/i, 'number_taken'],
  [/\brole\b.*\b(valid|invalid|offered|option|representative|supported)\b/i, 'role_not_offered'],
  [/\bmatter ?type\b.*\b(not found|deleted|no longer|does not exist|not exist|unknown|inactive)\b/i, 'type_deleted'],
  [/\b(too long|maximum length|max length|exceeds?\b.*\b(length|characters))\b/i, 'text_too_long'],
];

export function refusalOf(message: string): OperationErrorCode | null {
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}

/** The failure of a call, with what Smokeball's words say beyond its status. */
export function worded(failure: Failed): Failed {
  return failure.code === 'rejected' ? { ...failure, code: refusalOf(failure.detail ?? '') ?? failure.code } : failure;
}
