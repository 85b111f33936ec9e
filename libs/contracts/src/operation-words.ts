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

export const OPERATION_TRIGGERS = ['auto', 'manual', 'retry', 'bulk', 'reconcile'] as const;
export type OperationTrigger = (typeof OPERATION_TRIGGERS)[number];

export const ENTITY_TYPES = ['contact', 'matter', 'document'] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** How an attempt ended; one that runs has none yet. */
export const ATTEMPT_OUTCOMES = ['succeeded', 'accepted', 'failed', 'waiting', 'interrupted'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export const STEP_STATES = ['done', 'running', 'failed'] as const;
export type StepState = (typeof STEP_STATES)[number];
