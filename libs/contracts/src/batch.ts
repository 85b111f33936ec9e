import { z } from 'zod';
import type { Answer } from './answer';
import { BATCH_STATES } from './batch-words';
import { OPERATION_ERRORS, type OperationErrorCode } from './errors';
import { OPERATION_STATES } from './operation-words';

const count = () => z.int().min(0);
const ERROR_CODES = Object.keys(OPERATION_ERRORS) as [OperationErrorCode, ...OperationErrorCode[]];

/** What a bulk retry began; a dry run begins nothing and has no `batch_id`. Source: docs/http-api.md#sync. */
export const retryStartSchema = z.object({ batch_id: z.string().nullable(), accepted: count() });
export type RetryStart = Answer<typeof retryStartSchema>;

/** The same for a sync; `skipped` names the matters that were left out, and why. */
export const syncStartSchema = retryStartSchema.extend({
  skipped: z.array(z.object({ matter_id: z.string(), reason: z.string() })),
});
export type SyncStart = Answer<typeof syncStartSchema>;

/** How far a bulk action is: operations by state, `skipped` matters. `eta_seconds` is null until the first one ends. */
export const batchSchema = z.object({
  batch_id: z.string(),
  state: z.enum(BATCH_STATES),
  total: count(),
  pending: count(),
  running: count(),
  succeeded: count(),
  failed: count(),
  held: count(),
  cancelled: count(),
  skipped: count(),
  eta_seconds: count().nullable(),
});
export type Batch = Answer<typeof batchSchema>;

/** What came of one operation of a batch. */
export const batchResultSchema = z.object({
  operation_id: z.string(),
  matter_id: z.string().nullable(),
  state: z.enum(OPERATION_STATES),
  error_code: z.enum(ERROR_CODES).nullable(),
});
export type BatchResult = Answer<typeof batchResultSchema>;

export const batchResultsQuerySchema = z.object({
  format: z.enum(['json', 'csv']).optional().describe('`csv`: a file to download.'),
});
