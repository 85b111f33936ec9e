export const OPERATION_KINDS = [
  'contact.push',
  'contact.update',
  'matter.push',
  'matter.update',
  'matter.tags',
  'contact.tags',
  'document.push',
  'call.log',
  'reconcile',
  'import',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export const OPERATION_STATES = ['pending', 'running', 'accepted', 'succeeded', 'failed', 'held', 'cancelled'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export interface OperationError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly retryable: boolean;
}

/** One thing to do to Smokeball. Source: docs/http-api.md#operations. */
export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly trigger: 'auto' | 'manual' | 'retry' | 'bulk' | 'reconcile';
  readonly title: string;
  readonly matter_id: string | null;
  readonly matter_title: string | null;
  readonly entity: { readonly type: string; readonly id: string };
  readonly attempts: number;
  readonly error: OperationError | null;
  readonly next_attempt_at: string | null;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly request_ids: readonly string[];
}

export interface Call {
  readonly method: string;
  readonly route: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly request_id: string | null;
  readonly started_at: string;
  readonly duration_ms: number | null;
  readonly note: string | null;
}

export type AttemptOutcome = 'succeeded' | 'accepted' | 'failed' | 'waiting' | 'interrupted';

export interface Attempt {
  readonly number: number;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly outcome: AttemptOutcome | null;
  readonly error: OperationError | null;
  readonly calls: readonly Call[];
}

export interface Step {
  readonly name: string;
  readonly at: string;
  readonly state: 'done' | 'running' | 'failed';
}

export interface OperationDetail extends Operation {
  readonly attempt_log: readonly Attempt[];
  readonly steps: readonly Step[];
}
