import type { NameComparison } from './compare-people';
import { foldedWords, isOneSlipApart } from './folded-words';

/** What a register adds to a name and people leave out. */
const LEGAL_FORMS = new Set(
  'inc incorporated llc lc llp lp pc pa plc ltd limited corp corporation co company pty proprietary gmbh na the and'.split(
    ' ',
  ),
);

/** How likely two company names are one company's; any of several names may be given, such as the one it trades under. */
export function compareCompanies(
  asked: string | null | undefined,
  held: readonly (string | null | undefined)[],
): NameComparison {
  const one = words(asked);
  const others = held.map(words).filter((other) => other.length > 0);
  if (one.length === 0 || others.length === 0) return { likeness: 'unknown', words: 'No name to compare with' };
  if (others.some((other) => other.join('') === one.join(''))) return { likeness: 'same', words: 'Same name' };
  const isNear = others.some(
    (other) =>
      one.every((word) => other.includes(word)) ||
      other.every((word) => one.includes(word)) ||
      isOneSlipApart(one.join(''), other.join('')),
  );
  if (isNear) return { likeness: 'similar', words: 'Similar company name' };
  return {
    likeness: 'different',
    words: `Another name: “${held.find((name) => words(name).length > 0)?.trim() ?? ''}”`,
  };
}

function words(name: string | null | undefined): string[] {
  const all = foldedWords(name?.replace(/(\p{L})\.(?=\p{L}(?:\.|\b))/gu, '$1'));
  const kept = all.filter((word) => !LEGAL_FORMS.has(word));
  return kept.length > 0 ? kept : all;
}
