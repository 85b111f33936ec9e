/** The text with half surrogate pairs replaced by U+FFFD: `encodeURIComponent` throws on them. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
