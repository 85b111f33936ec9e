import type { OperationState } from '@matterline/contracts';

/**
 * What an operation may become from each state. PostgreSQL refuses everything else (`operation_transitions`), so no
 * process, however confused, can take back what has succeeded or run what was stopped.
 */
export const TRANSITIONS: Readonly<Record<OperationState, readonly OperationState[]>> = {
  pending: ['running', 'succeeded', 'failed', 'held', 'cancelled'],
  running: ['pending', 'accepted', 'succeeded', 'failed', 'held'],
  accepted: ['pending', 'succeeded', 'failed', 'held'],
  succeeded: [],
  failed: ['pending'],
  held: ['pending'],
  cancelled: ['pending'],
};
