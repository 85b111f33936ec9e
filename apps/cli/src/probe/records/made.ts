export type MadeKind = 'contact' | 'matter' | 'lead' | 'file' | 'webhook' | 'contact tag' | 'matter tag';

/** A throw-away record and what became of it. */
export interface Made {
  readonly kind: MadeKind;
  readonly id: string;
  /** The matter of a file. */
  readonly matterId?: string;
  /** `cleaned`: deleted, or closed where deleting is impossible. `stays`: there is no way to remove it. `left`: to be removed by hand. */
  readonly state: 'made' | 'cleaned' | 'stays' | 'left';
  readonly how: string;
  /** On a monotonic clock: until when it may still appear depends on it. */
  readonly madeAtMs: number;
}
