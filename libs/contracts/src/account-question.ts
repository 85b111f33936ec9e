import { z } from 'zod';
import type { Answer } from './answer';
import { timeSchema } from './time';

/** Somebody signed in to another Smokeball account; nothing has changed until that is confirmed. Source: docs/http-api.md#another-account. */
export const accountQuestionSchema = z.object({
  id: z.string(),
  /** The account that was signed in to. */
  firm_name: z.string(),
  /** The account that the firm's links belong to. */
  present_firm_name: z.string().nullable(),
  /** What would be put aside. */
  links: z.object({ matters: z.int().min(0), contacts: z.int().min(0), documents: z.int().min(0) }),
  expires_at: timeSchema,
});
export type AccountQuestion = Answer<typeof accountQuestionSchema>;

export const accountSwitchSchema = z.object({ id: z.string('must be the id of the question').min(1).max(100) });
