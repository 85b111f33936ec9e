import { z } from 'zod';
import type { Answer } from './answer';
import { type NoticeCode, OPERATION_ERRORS, type OperationErrorCode } from './errors';

const CODES = Object.keys(OPERATION_ERRORS) as [OperationErrorCode, ...OperationErrorCode[]];

/** Why something did not reach Smokeball, and what a person can do. `retryable`: it is tried again by itself. */
export const operationErrorSchema = z.object({
  code: z.enum(CODES),
  message: z.string(),
  hint: z.string(),
  retryable: z.boolean(),
});
export type OperationError = Answer<typeof operationErrorSchema>;

const NOTICE_CODES = Object.entries(OPERATION_ERRORS).flatMap(([code, { fate }]) =>
  fate === 'noticed' ? [code] : [],
) as [NoticeCode, ...NoticeCode[]];

/** What an operation reports without having failed, and what a person can do. */
export const operationNoticeSchema = z.object({ code: z.enum(NOTICE_CODES), message: z.string(), hint: z.string() });
export type OperationNotice = Answer<typeof operationNoticeSchema>;
