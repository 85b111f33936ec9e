/** `denied`: the role may not; `missing`: no such record; `offline`: no answer at all; `failed`: the rest. */
export type ProblemKind = 'denied' | 'missing' | 'offline' | 'failed';

/** A failure in the words that are shown: what happened, what to do, and the id to quote. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly requestId: string | null;
}
