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
  readonly role: string | null;
  /** 1 for the same name, less for a likeness. */
  readonly score: number;
  readonly how: 'exact name' | 'likeness';
}

/** Below this nothing is chosen: a wrong type cannot be changed afterwards. */
export const LEAST_SCORE = 0.6;

/**
 * The matter type that a case type means: the same name, else the best likeness within its categories. Null when none is
 * good enough or two are equally good.
 */
export function chooseType(types: readonly MatterType[], wish: TypeWish): ChosenType | null {
  const living = types.filter((type) => !type.isDeleted && type.name);
  const named = normaliseName(wish.caseType ?? '');
  const mapping = BUILT_IN[named] ?? BUILT_IN[normaliseName(wish.practiceArea ?? '')];
  const same = named === '' ? [] : living.filter((type) => normaliseName(type.name ?? '') === named);
  const inCategory = mapping ? same.filter((type) => isIn(type, mapping)) : same;
  const exact = inCategory.length === 1 ? inCategory[0] : same.length === 1 ? same[0] : undefined;
  if (exact) return chosen(exact, mapping, 1, 'exact name');
  if (!mapping) return null;
  const scored = living
    .filter((type) => isIn(type, mapping))
    .map((type) => ({ type, score: likeness(type.name ?? '', mapping) }))
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
function likeness(name: string, mapping: BuiltInMapping): number {
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

function chosen(
  type: MatterType,
  mapping: BuiltInMapping | undefined,
  score: number,
  how: ChosenType['how'],
): ChosenType {
  return {
    id: type.id,
    name: type.name ?? '',
    role: chooseRole(type, mapping?.roles ?? []),
    score: Math.round(score * 100) / 100,
    how,
  };
}

/** One of the type's own roles; the first when none is preferred. Null when the type offers none. */
export function chooseRole(type: MatterType, preferred: readonly string[]): string | null {
  const offered = type.representativeOptions;
  for (const role of preferred) {
    const found = offered.find((one) => normaliseName(one) === normaliseName(role));
    if (found) return found;
  }
  return offered[0] ?? null;
}
