const BETWEEN =
  /\s*(?:[;|\n\r]|\/(?=\s*[+(\d])|,(?=\s*[+(\d])|\bor\b|\band\b|&|\bm(?:obile)?\s*:|\bh(?:ome)?\s*:|\bw(?:ork)?\s*:)\s*/i;
const DIGITS_MIN = 3;
/** What stands after a comma or slash and is shorter than this is an extension or a variant of the last digits, not a number. */
const WHOLE_MIN = 6;

/**
 * The writings of the single numbers in a field that somebody put several into: `0290115974 / 0412 345 678`, `(617) 399-8147 or 555-0100`.
 * A field with one number gives that field.
 */
export function numbersIn(text: string): string[] {
  const parts = text.split(BETWEEN).filter((part) => digitsOf(part) >= DIGITS_MIN);
  const wholes = parts.filter((part) => digitsOf(part) >= WHOLE_MIN);
  if (wholes.length >= 2) return wholes;
  return digitsOf(text) > 0 ? [text] : [];
}

const digitsOf = (text: string) => text.replace(/\D/g, '').length;
