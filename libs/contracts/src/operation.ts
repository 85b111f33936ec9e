import { z } from 'zod';
import type { Answer } from './answer';
import { operationErrorSchema, operationNoticeSchema } from './operation-error';
import {
  ATTEMPT_OUTCOMES,
  ENTITY_TYPES,
  OPERATION_KINDS,
  OPERATION_STATES,
  OPERATION_TRIGGERS,
  STEP_STATES,
} from './operation-words';
import { timeSchema } from './time';

/** One thing to do to Smokeball. The titles are for people signed in to the console only. Source: docs/http-api.md#operations. */
export const operationSchema = z.object({
  id: z.string(),
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(OPERATION_STATES),
  trigger: z.enum(OPERATION_TRIGGERS),
  matter_id: z.string().nullable(),
  entity: z.object({ type: z.enum(ENTITY_TYPES), id: z.string() }),
  attempts: z.int().min(0),
  error: operationErrorSchema.nullable(),
  notices: z.array(operationNoticeSchema),
  next_attempt_at: timeSchema.nullable(),
  created_at: timeSchema,
  finished_at: timeSchema.nullable(),
  request_ids: z.array(z.string()),
  batch_id: z.string().nullable(),
  title: z.string().optional(),
  matter_title: z.string().nullable().optional(),
});
export type Operation = Answer<typeof operationSchema>;
type Named = Required<Pick<Operation, 'title' | 'matter_title'>>;
/** As a person at the console gets it. */
export type NamedOperation = Operation & Named;

/** A call that an attempt made: templates, codes and times, no content. `status` is null when no answer came. */
const attemptCallSchema = z.object({
  method: z.string(),
  route: z.string(),
  status: z.int().nullable(),
  request_id: z.string(),
  started_at: timeSchema,
  duration_ms: z.int().min(0),
  note: z.string(),
});
export type AttemptCall = Answer<typeof attemptCallSchema>;

export const attemptSchema = z.object({
  number: z.int().min(1),
  started_at: timeSchema,
  finished_at: timeSchema.nullable(),
  outcome: z.enum(ATTEMPT_OUTCOMES).nullable(),
  error: operationErrorSchema.nullable(),
  calls: z.array(attemptCallSchema),
});
export type Attempt = Answer<typeof attemptSchema>;

export const stepSchema = z.object({
  name: z.string(),
  at: timeSchema,
  attempt: z.int().min(1),
  state: z.enum(STEP_STATES),
});
export type Step = Answer<typeof stepSchema>;

/** One operation by itself, with what its attempts did. */
export const operationDetailSchema = operationSchema.extend({
  attempt_log: z.array(attemptSchema),
  steps: z.array(stepSchema),
});
export type OperationDetail = Answer<typeof operationDetailSchema>;
export type NamedOperationDetail = OperationDetail & Named;
