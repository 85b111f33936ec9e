import { wellFormed } from './well-formed';

const MAX_DETAIL_LENGTH = 1_000;
const MAX_DEPTH = 4;

/**
 * One readable line from an error body, whatever its form: RFC 7807 with `errors` as an array (of strings or objects) or as a dictionary,
 * the gateway's `{message}`, storage XML, or plain text. At most 1,000 characters. docs/smokeball-api.md#errors
 */
export function problemText(body: unknown, fallback: string): string {
  const parts = [
    ...new Set(
      partsOf(body, 0)
        .map(tidy)
        .filter((part) => part !== ''),
    ),
  ];
  const text = parts.length === 0 ? fallback : parts.join('; ');
  return shorten(text);
}

/** Cuts on whole characters. */
export function shorten(text: string): string {
  return text.length <= MAX_DETAIL_LENGTH ? text : `${wellFormed(text.slice(0, MAX_DETAIL_LENGTH - 1))}…`;
}

function partsOf(body: unknown, depth: number): readonly string[] {
  if (typeof body === 'string') return [stripMarkup(body)];
  if (typeof body !== 'object' || body === null || depth > MAX_DEPTH) return [];
  if (Array.isArray(body)) return body.slice(0, 50).flatMap((item: unknown) => partsOf(item, depth + 1));
  const { title, detail, message, Message, errors } = body as Record<string, unknown>;
  return [...texts([title, detail, message, Message]), ...errorsOf(errors, depth + 1)];
}

function errorsOf(errors: unknown, depth: number): readonly string[] {
  if (typeof errors !== 'object' || errors === null || depth > MAX_DEPTH) return texts([errors]);
  if (Array.isArray(errors)) return errors.slice(0, 50).flatMap((item: unknown) => errorItem(item));
  return Object.entries(errors)
    .slice(0, 50)
    .map(([field, why]) => `${field}: ${(Array.isArray(why) ? texts(why) : errorItem(why)).join(', ')}`);
}

function errorItem(item: unknown): readonly string[] {
  if (typeof item !== 'object' || item === null) return texts([item]);
  const values = texts(Object.values(item));
  return values.length === 0 ? [] : [values.join(': ')];
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return [value];
    return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
  });
}

function stripMarkup(text: string): string {
  const head = text.slice(0, 4_000);
  return head.trimStart().startsWith('<') ? head.replace(/<[^>]*>/g, ' ') : head;
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
