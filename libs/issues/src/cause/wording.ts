const GAP = '*';
const WORDING_MAX = 300;

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '');
const wordsIn = (text: string) =>
  fold(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Longer words of names only: `of`, `the` and initials stand in every sentence. */
const NAME_WORD_MIN = 3;

/**
 * A refusal's words without what differs from record to record: quoted parts, addresses, ids, anything with a digit, and
 * names. Two refusals with the same wording have the same cause. `names` are those that the record is known to hold;
 * besides them, a capitalised word inside a sentence counts as a name, a field's name (`ClientIds:`) does not.
 */
export function wordingOf(detail: string, names: readonly string[] = []): string {
  const known = new Set(names.flatMap(wordsIn).filter((word) => word.length >= NAME_WORD_MIN));
  const plain = fold(detail)
    .replace(/(["“”«»`])[^"“”«»`]*["“”«»`]/g, ` ${GAP} `)
    .replace(/(?<=^|[\s(:=])'[^']*'(?=$|[\s),.;:])/g, ` ${GAP} `)
    .replace(/https?:\/\/\S+/gi, ` ${GAP} `)
    .replace(/[^\s<>,;:()]+@[^\s<>,;:()]+/g, ` ${GAP} `);
  const kept: string[] = [];
  let isStart = true;
  for (const token of plain.split(/\s+/).filter(Boolean)) {
    kept.push(isVarying(token, isStart, known) ? GAP : token.toLowerCase());
    isStart = /[.:;!?]$/.test(token);
  }
  return kept
    .map((token) => token.replace(/[^\p{L}\p{N}*]+/gu, ' ').trim())
    .filter(Boolean)
    .join(' ')
    .replace(/\*(?: \*)+/g, GAP)
    .slice(0, WORDING_MAX);
}

function isVarying(token: string, isStart: boolean, known: ReadonlySet<string>): boolean {
  if (token === GAP || /\p{N}/u.test(token)) return true;
  if (wordsIn(token).some((word) => known.has(word))) return true;
  const isField = token.endsWith(':') || /\p{Ll}\p{Lu}/u.test(token);
  return !isStart && !isField && /^[^\p{L}]*\p{Lu}/u.test(token);
}
