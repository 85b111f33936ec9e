import type { MatterType } from '@matterline/smokeball-client';
import { BUILT_IN, type BuiltInMapping } from './built-in-mapping';
import { normaliseName, wordsOf } from './names';

export interface TypeWish {
  readonly caseType: string | null;
  readonly practiceArea: string | null;
}

export interface ChosenType {
  readonly id: string;
  readonly name: string;
  readonly category: string | null;
  readonly location: string | null;
  readonly role: string | null;
  /** 1 for the same name, less for a likeness. */
  readonly score: number;
  readonly how: 'exact_name' | 'likeness';
}

/** Below this nothing is chosen: a wrong type cannot be changed afterwards. */
export const LEAST_SCORE = 0.6;

const SMALL_WORDS = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);
const GENERAL_WORDS = new Set(['general', 'other', 'miscellaneous']);

/**
 * The matter type that a case type means: the same name, else the best likeness within its categories. Null when none is
 * good enough or two are equally good. A practice area alone says which category; only where nobody named a case type does it choose the type too.
 */
export function chooseType(types: readonly MatterType[], wish: TypeWish): ChosenType | null {
  const living = types.filter((type) => !type.isDeleted && type.name);
  const named = normaliseName(wish.caseType ?? '');
  const ofCaseType = BUILT_IN[named];
  const mapping = ofCaseType ?? BUILT_IN[normaliseName(wish.practiceArea ?? '')];
  const same = named === '' ? [] : living.filter((type) => normaliseName(type.name ?? '') === named);
  const inCategory = mapping ? same.filter((type) => isIn(type, mapping)) : same;
  const exact = inCategory.length === 1 ? inCategory[0] : same.length === 1 ? same[0] : undefined;
  if (exact) return chosen(exact, mapping, 1, 'exact_name');
  if (!mapping) return null;
  const isNamed = named !== '' && ofCaseType === undefined;
  const score = isNamed
    ? (name: string) => Math.max(wordLikeness(named, name), generalLikeness(name, mapping))
    : (name: string) => keywordLikeness(name, mapping);
  const scored = living
    .filter((type) => isIn(type, mapping))
    .map((type) => ({ type, score: score(type.name ?? '') }))
    .sort((left, right) => right.score - left.score);
  const [best, second] = scored;
  if (!best || best.score < LEAST_SCORE || second?.score === best.score) return null;
  return chosen(best.type, mapping, best.score, 'likeness');
}

function isIn(type: MatterType, mapping: BuiltInMapping): boolean {
  const category = normaliseName(type.category ?? '');
  return mapping.categories.some((name) => normaliseName(name) === category);
}

/** The keyword's rank counts most, then how little else stands in the name. */
function keywordLikeness(name: string, mapping: BuiltInMapping): number {
  const words = wordsOf(name);
  let best = 0;
  mapping.names.forEach((keyword, rank) => {
    const wanted = wordsOf(keyword);
    if (!wanted.every((word) => words.includes(word))) return;
    const extra = words.length - wanted.length;
    best = Math.max(best, 0.98 - 0.08 * rank - 0.04 * Math.min(extra, 6));
  });
  return best;
}

/** How much of one name stands in the other; sure enough only where one holds all words of the other. */
function wordLikeness(caseType: string, name: string): number {
  const ours = tellingWords(caseType);
  const theirs = tellingWords(name);
  const shared = theirs.filter((word) => ours.includes(word)).length;
  if (shared === 0) return 0;
  const part = shared / Math.max(ours.length, theirs.length);
  const isWhole = shared === Math.min(ours.length, theirs.length);
  return isWhole ? LEAST_SCORE + 0.38 * part : 0.5 * part;
}

/** The type for all that has none of its own within a practice area. */
function generalLikeness(name: string, mapping: BuiltInMapping): number {
  return tellingWords(name).some((word) => GENERAL_WORDS.has(word)) ? Math.min(keywordLikeness(name, mapping), 0.6) : 0;
}

const tellingWords = (name: string) => [...new Set(wordsOf(name).filter((word) => !SMALL_WORDS.has(word)))];

function chosen(
  type: MatterType,
  mapping: BuiltInMapping | undefined,
  score: number,
  how: ChosenType['how'],
): ChosenType {
  return {
    id: type.id,
    name: type.name ?? '',
    category: type.category ?? null,
    location: type.location ?? null,
    role: chooseRole(type, mapping?.roles ?? []),
    score: Math.round(score * 100) / 100,
    how,
  };
}

/** The roles that clients of such a case usually have, best first. */
export function usualRoles({ caseType, practiceArea }: TypeWish): readonly string[] {
  const mapping = BUILT_IN[normaliseName(caseType ?? '')] ?? BUILT_IN[normaliseName(practiceArea ?? '')];
  return mapping?.roles ?? [];
}

/** One of the type's own roles; the first when none is preferred. Null when the type offers none. */
export function chooseRole(type: MatterType, preferred: readonly string[]): string | null {
  for (const role of preferred) {
    const found = roleOf(type, role);
    if (found) return found;
  }
  return type.representativeOptions[0] ?? null;
}

/** The role as the type writes it; undefined when the type does not offer it. */
export function roleOf(type: MatterType, role: string): string | undefined {
  return type.representativeOptions.find((one) => normaliseName(one) === normaliseName(role));
}
