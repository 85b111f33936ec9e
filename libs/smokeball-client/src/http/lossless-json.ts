import { randomUUID } from 'node:crypto';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Fewer digits than this always fit a JavaScript number. */
const SHORTEST_UNSAFE = /\d{16}/;
const NUMBER_TOKEN = /-?\d[\d.eE+-]*/y;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const END_OF_VALUE = /[ \t\r\n]*(?:[,\]}]|$)/y;

/**
 * JSON.parse, but an integer that a JavaScript number cannot hold exactly becomes a `bigint`.
 * Smokeball's ticks have 18 digits (docs/smokeball-api.md#ticks). Node 20 has no source-text access in revivers, so unsafe integers are
 * marked with a random word before parsing and turned back after; everything else is left to JSON.parse.
 * @throws SyntaxError as JSON.parse does
 */
export function parseLosslessJson(text: string): unknown {
  if (!SHORTEST_UNSAFE.test(text)) return JSON.parse(text);
  const mark = `${randomUUID()}:`;
  return JSON.parse(markUnsafeIntegers(text, mark), (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

function markUnsafeIntegers(text: string, mark: string): string {
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at);
      continue;
    }
    const token = startsNumber(code) ? numberAt(text, at) : undefined;
    if (token === undefined) {
      at += 1;
      continue;
    }
    const end = at + token.length;
    if (isUnsafeInteger(token) && endsValue(text, end)) {
      pieces.push(text.slice(copied, at), `"${mark}${token}"`);
      copied = end;
    }
    at = end;
  }
  pieces.push(text.slice(copied));
  return pieces.join('');
}

function afterString(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function startsNumber(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39);
}

function numberAt(text: string, at: number): string | undefined {
  NUMBER_TOKEN.lastIndex = at;
  return NUMBER_TOKEN.exec(text)?.[0];
}

function isUnsafeInteger(token: string): boolean {
  return token.length >= 16 && INTEGER.test(token) && !Number.isSafeInteger(Number(token));
}

/** A marked object key or two numbers in a row would turn broken JSON into valid JSON. */
function endsValue(text: string, at: number): boolean {
  END_OF_VALUE.lastIndex = at;
  return END_OF_VALUE.test(text);
}
