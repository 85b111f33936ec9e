import { z } from 'zod';
import type { Answer } from './answer';
import { OPERATION_ERRORS, type OperationErrorCode } from './errors';
import { FIX_ACTIONS, ISSUE_STATUSES } from './issue-words';
import { operationSchema } from './operation';
import { timeSchema } from './time';

/** Causes that are no operation's failure. */
export const ISSUE_OWN_CAUSES = {
  delivery_failing: {
    message: 'An address that we notify does not take our events.',
    hint: 'Mend the receiver, then send the held deliveries again; or remove the address.',
  },
  subscription_missing: {
    message: 'Smokeball does not tell us of changes: the webhook registration is missing.',
    hint: 'It is made anew by itself as soon as Smokeball allows it. If it stays, check that the connected user may register webhooks.',
  },
} as const;

export type IssueCode = OperationErrorCode | keyof typeof ISSUE_OWN_CAUSES;
const ISSUE_CODES = [...Object.keys(OPERATION_ERRORS), ...Object.keys(ISSUE_OWN_CAUSES)] as [IssueCode, ...IssueCode[]];

export const ISSUE_MATTERS_MAX = 50;

/** Failures with one cause. `count` is what stands now, `total` what ever belonged to it. Source: docs/issues.md. */
export const issueSchema = z.object({
  id: z.string(),
  /** For people; sealed where it is stored. */
  title: z.string(),
  status: z.enum(ISSUE_STATUSES),
  cause: z.object({ code: z.enum(ISSUE_CODES), message: z.string() }),
  first_seen: timeSchema,
  last_seen: timeSchema,
  count: z.int().min(0),
  /** Opened again and not through yet. */
  retrying: z.int().min(0),
  total: z.int().min(0),
  affected_matters: z.object({ ids: z.array(z.string()).max(ISSUE_MATTERS_MAX), total: z.int().min(0) }),
  owner: z.string().nullable(),
  suggested_fix: z.object({ text: z.string(), action: z.enum(FIX_ACTIONS) }),
  resolved_at: timeSchema.nullable(),
  /** `system` when the cause went away by itself. */
  resolved_by: z.string().nullable(),
});
export type Issue = Answer<typeof issueSchema>;

/** An issue by itself, with its newest operations. */
export const issueDetailSchema = issueSchema.extend({ operations: z.array(operationSchema) });
export type IssueDetail = Answer<typeof issueDetailSchema>;

export const issueFilterSchema = z.object({
  status: z.enum(ISSUE_STATUSES).optional(),
  q: z.string().max(200).optional(),
});
export type IssueFilter = z.infer<typeof issueFilterSchema>;

export const issueStatusSchema = z.strictObject({ status: z.enum(ISSUE_STATUSES) });
export const issueOwnerSchema = z.strictObject({ user_id: z.string().min(1).max(60).nullable() });
export const issueRetrySchema = z.strictObject({ dry_run: z.boolean().optional() }).optional();
