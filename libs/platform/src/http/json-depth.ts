const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** The bit in which brackets and braces differ, each from the other. */
const CURLED = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Deeper than any real body; what walks a body by recursion is safe below it. */
export const JSON_DEPTH_MAX = 64;

/** How deep brackets and braces nest in JSON text, strings left aside. */
export function jsonDepth(text: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (isInString && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) isInString = !isInString;
    else if (isInString) continue;
    else if ((byte | CURLED) === OPENING) deepest = Math.max(deepest, (depth += 1));
    else if ((byte | CURLED) === CLOSING) depth -= 1;
  }
  return deepest;
}
