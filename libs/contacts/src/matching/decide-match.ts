import type { Judgement } from './judge-contact';

export type MatchDecision =
  | { readonly kind: 'link'; readonly contactId: string }
  | { readonly kind: 'review'; readonly candidates: readonly Judgement[] }
  | { readonly kind: 'create' };

const ORDER = ['ours', 'sure', 'likely', 'doubtful'] as const;

/**
 * Exactly one sure hit is linked, if nobody else could be meant just as well; several or unsure ones are for a person; none creates.
 * A contact that merely shares the address of the sure one and is plainly somebody else, such as the spouse, does not stand in the way.
 */
export function decideMatch(judgements: readonly Judgement[]): MatchDecision {
  const of = (verdict: Judgement['verdict']) => judgements.filter((one) => one.verdict === verdict);
  const [mine, secondMine] = of('ours');
  if (mine && !secondMine) return { kind: 'link', contactId: mine.contactId };
  const [sure, secondSure] = of('sure');
  if (sure && !secondSure && !mine && of('likely').length === 0) return { kind: 'link', contactId: sure.contactId };
  const candidates = candidatesInOrder(judgements);
  return candidates.length === 0 ? { kind: 'create' } : { kind: 'review', candidates };
}

/** Everybody who could be meant, the likeliest first. */
export function candidatesInOrder(judgements: readonly Judgement[]): Judgement[] {
  return ORDER.flatMap((verdict) => judgements.filter((one) => one.verdict === verdict));
}
