import type {
  EntityType,
  OperationErrorCode,
  OperationKind,
  OperationState,
  OperationTrigger,
} from '@matterline/contracts';

/** Ids and moments that an operation has to remember between its steps; never client data. */
export type Progress = Readonly<Record<string, string | number | null>>;

export interface OperationRow {
  readonly id: string;
  readonly firm_id: string;
  readonly position: string;
  readonly kind: OperationKind;
  /** What only one process may write at a time: `matter:mat_1`, `contact:cli_1`. */
  readonly subject: string;
  readonly matter_id: string | null;
  readonly entity_type: EntityType;
  readonly entity_id: string;
  readonly state: OperationState;
  readonly trigger: OperationTrigger;
  readonly lane: string;
  readonly batch_id: string | null;
  readonly attempts: number;
  readonly tries_since_reset: number;
  readonly error_code: OperationErrorCode | null;
  readonly error_detail_enc: Buffer | null;
  readonly progress: Progress;
  readonly request_ids: string[];
  readonly next_attempt_at: Date | null;
  readonly first_tried_at: Date | null;
  readonly accepted_at: Date | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly holder: number | null;
  readonly notices_enc: Buffer | null;
}

export const OPERATION_COLUMNS = `id, firm_id, position, kind, subject, matter_id, entity_type, entity_id, state, trigger, lane, batch_id, attempts,
  tries_since_reset, error_code, error_detail_enc, progress, request_ids, next_attempt_at, first_tried_at, accepted_at, created_at, finished_at, holder, notices_enc`;

/** The legal ways from state to state; everything else is a fault of ours. */
export const TRANSITIONS: Readonly<Record<OperationState, readonly OperationState[]>> = {
  pending: ['running', 'held', 'failed', 'cancelled'],
  running: ['pending', 'accepted', 'succeeded', 'failed', 'held'],
  accepted: ['accepted', 'succeeded', 'failed', 'held', 'pending'],
  held: ['pending', 'cancelled'],
  failed: ['pending', 'cancelled'],
  succeeded: [],
  cancelled: ['pending'],
};

/** Why the operation had failed before it was opened again; null when it is being tried for the first time. */
export function failureBefore(operation: OperationRow): OperationErrorCode | null {
  const code = operation.progress['failed_before'];
  return typeof code === 'string' ? (code as OperationErrorCode) : null;
}

export const detailPlace = (firmId: string, operationId: string) => ({
  firmId,
  field: 'operations.error_detail_enc',
  rowId: operationId,
});
