import { z } from 'zod';
import { caseHugIdSchema } from './casehug-id';
import { OPERATION_KINDS, OPERATION_STATES } from './operation-words';

export const operationFilterSchema = z.object({
  state: z.enum(OPERATION_STATES).optional(),
  kind: z.enum(OPERATION_KINDS).optional(),
  error_code: z.string().max(60).optional(),
  matter_id: caseHugIdSchema.optional(),
  batch_id: z.string().max(60).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  q: z.string().max(200).optional(),
});
export type OperationFilter = z.infer<typeof operationFilterSchema>;

/** Strict: a misspelt member would mean all matters. */
const matterFilterSchema = z.strictObject({ state: z.string().optional(), q: z.string().max(200).optional() });

export const syncRequestSchema = z
  .object({
    matter_ids: z.array(caseHugIdSchema).min(1).max(1000).optional(),
    filter: matterFilterSchema.optional(),
    dry_run: z.boolean().optional(),
  })
  .refine((body) => (body.matter_ids === undefined) !== (body.filter === undefined), {
    path: ['matter_ids'],
    message: 'give either matter_ids or filter',
  });
export type SyncRequest = z.infer<typeof syncRequestSchema>;

export const retryRequestSchema = z.object({ filter: operationFilterSchema.strict(), dry_run: z.boolean().optional() });
