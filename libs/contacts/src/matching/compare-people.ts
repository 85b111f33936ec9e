import { foldedWords, isOneSlipApart } from './folded-words';
import { areNicknames } from './nicknames';

export interface PersonName {
  readonly first?: string | null;
  readonly middle?: string | null;
  readonly last?: string | null;
  readonly suffix?: string | null;
}

/**
 * `same`; `similar`: may well be the same person written otherwise; `family`: same last name, another first name; `renamed`: same first
 * name, another last name; `different`; `unknown`: a name is missing.
 */
export type NameLikeness = 'same' | 'similar' | 'family' | 'renamed' | 'different' | 'unknown';

export interface NameComparison {
  readonly likeness: NameLikeness;
  /** In words, for the person who decides. */
  readonly words: string;
}

type Part = { readonly likeness: 'same' | 'similar' | 'other' | 'missing'; readonly words?: string };

const SUFFIXES: Readonly<Record<string, string>> = {
  jr: 'Jr.',
  junior: 'Jr.',
  sr: 'Sr.',
  senior: 'Sr.',
  ii: 'II',
  iii: 'III',
  iv: 'IV',
};
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'esq']);

/** How likely two names are one person's; nothing is guessed from sound. Source: docs/contacts.md#names. */
export function comparePeople(asked: PersonName, held: PersonName): NameComparison {
  const one = read(asked);
  const other = read(held);
  const suffixes = new Set([one.suffix, other.suffix].filter((suffix) => suffix !== null));
  if (suffixes.size === 2) return { likeness: 'family', words: `One is ${[...suffixes].join(', the other ')}` };
  const parts = compareParts(one, other, asked, held);
  const isSuffixMissing = suffixes.size === 1 && one.suffix !== other.suffix;
  if (parts.likeness !== 'same' || !isSuffixMissing) return parts;
  return { likeness: 'similar', words: `Same name, but only one of them is ${[...suffixes].join()}` };
}

interface Words {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly suffix: string | null;
}

function read({ first, middle, last, suffix }: PersonName): Words {
  const given = [...foldedWords(first), ...foldedWords(middle)].filter((word) => !TITLES.has(word));
  const all = [...foldedWords(last), ...foldedWords(suffix)].filter((word) => !TITLES.has(word));
  const found = all.find((word, at) => at > 0 && word in SUFFIXES) ?? foldedWords(suffix)[0] ?? '';
  return {
    given,
    family: all
      .filter((word, at) => at === 0 || !(word in SUFFIXES))
      .filter((word) => !foldedWords(suffix).includes(word)),
    suffix: SUFFIXES[found] ?? null,
  };
}

function compareParts(one: Words, other: Words, asked: PersonName, held: PersonName): NameComparison {
  const given = compareGiven(one.given, other.given);
  const family = compareFamily(one.family, other.family);
  if (given.likeness === 'same' && family.likeness === 'same') return { likeness: 'same', words: 'Same name' };
  if (isReversed(one, other)) return { likeness: 'same', words: 'Same name, with first and last name exchanged' };
  const words = [given.words, family.words].filter((text) => text !== undefined).join('; ');
  const agrees = ({ likeness }: Part) => likeness === 'same' || likeness === 'similar';
  if (agrees(given) && agrees(family)) return { likeness: 'similar', words: words || 'Similar name' };
  const isMissing = [given, family].filter(({ likeness }) => likeness === 'missing').length;
  if (isMissing === 2) return { likeness: 'unknown', words: 'No name to compare with' };
  if (isMissing === 1 && (agrees(given) || agrees(family)))
    return {
      likeness: 'similar',
      words: `Only the ${given.likeness === 'missing' ? 'last' : 'first'} name can be compared`,
    };
  if (agrees(family))
    return { likeness: 'family', words: `Another first name: ${said(held.first)}, not ${said(asked.first)}` };
  if (given.likeness === 'same')
    return { likeness: 'renamed', words: `Another last name: ${said(held.last)}, not ${said(asked.last)}` };
  return { likeness: 'different', words: `Another name: ${said(held.first, held.last)}` };
}

function compareGiven(one: readonly string[], other: readonly string[]): Part {
  const [a, ...moreA] = one;
  const [b, ...moreB] = other;
  if (a === undefined || b === undefined) return { likeness: 'missing' };
  if (one.join('') === other.join('')) return { likeness: 'same' };
  if (a === b) {
    const isContradicted =
      moreA.length > 0 && moreB.length > 0 && !moreA.some((word) => moreB.some((held) => fits(word, held)));
    return isContradicted ? { likeness: 'similar', words: 'Another middle name' } : { likeness: 'same' };
  }
  if (fits(a, b)) return { likeness: 'similar', words: 'One first name is an initial' };
  if (areNicknames(a, b)) return { likeness: 'similar', words: 'One first name is a short form of the other' };
  if (a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a)))
    return { likeness: 'similar', words: 'One first name is a short form of the other' };
  if (isOneSlipApart(a, b)) return { likeness: 'similar', words: 'First names one letter apart' };
  if (moreA.includes(b) || moreB.includes(a))
    return { likeness: 'similar', words: 'The middle name of one is the first name of the other' };
  return { likeness: 'other' };
}

function compareFamily(one: readonly string[], other: readonly string[]): Part {
  if (one.length === 0 || other.length === 0) return { likeness: 'missing' };
  if (one.join('') === other.join('')) return { likeness: 'same' };
  if (one.every((word) => other.includes(word)) || other.every((word) => one.includes(word)))
    return { likeness: 'similar', words: 'One last name is a part of the other' };
  if (isOneSlipApart(one.join(''), other.join('')))
    return { likeness: 'similar', words: 'Last names one letter apart' };
  return { likeness: 'other' };
}

/** Equal, or one is the initial of the other. */
function fits(one: string, other: string): boolean {
  if (one === other) return true;
  return (one.length === 1 && other.startsWith(one)) || (other.length === 1 && one.startsWith(other));
}

function isReversed(one: Words, other: Words): boolean {
  const isWhole = one.given.length > 0 && one.family.length > 0;
  return isWhole && one.given.join('') === other.family.join('') && one.family.join('') === other.given.join('');
}

function said(...parts: readonly (string | null | undefined)[]): string {
  const text = parts
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(' ');
  return text === '' ? 'none' : `“${text}”`;
}
