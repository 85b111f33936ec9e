import { z } from 'zod';
import type { Answer } from './answer';
import { caseHugIdSchema } from './casehug-id';
import { timeSchema } from './time';

/** A Smokeball contact that a client could be, and why. */
export const contactCandidateSchema = z.object({
  contact_id: z.string(),
  kind: z.enum(['person', 'company', 'trust', 'group']),
  name: z.string(),
  email: z.string().nullable(),
  phones: z.array(z.string()),
  address: z.string().nullable(),
  /** Whether the reasons for outweigh those against. */
  likely: z.boolean(),
  reasons_for: z.array(z.string()),
  reasons_against: z.array(z.string()),
});
export type ContactCandidate = Answer<typeof contactCandidateSchema>;

export const REVIEW_DECISIONS = ['link', 'create'] as const;

/** A client of whom a person has to say who they are in Smokeball. Source: docs/http-api.md#console-contact-reviews. */
export const contactReviewSchema = z.object({
  client_id: caseHugIdSchema,
  name: z.string(),
  kind: z.enum(['person', 'company']),
  email: z.string().nullable(),
  phones: z.array(z.string()),
  address: z.string().nullable(),
  matters: z.array(z.object({ id: caseHugIdSchema, title: z.string().nullable() })),
  operation_id: z.string(),
  found_at: timeSchema,
  postponed_until: timeSchema.nullable(),
  candidates: z.array(contactCandidateSchema.extend({ url: z.string() })),
  /** Given and not carried out yet; it can be taken back while it stands here. */
  decision: z
    .object({
      decision: z.enum(REVIEW_DECISIONS),
      contact_id: z.string().nullable(),
      undo_until: timeSchema,
    })
    .nullable(),
});
export type ContactReview = Answer<typeof contactReviewSchema>;

export const REVIEW_STATES = ['waiting', 'postponed'] as const;
export const reviewQuerySchema = z.object({ state: z.enum(REVIEW_STATES).default('waiting') });

export const reviewDecisionSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('link'), contact_id: z.string().min(1).max(100) }),
  z.object({ decision: z.literal('create') }),
]);
export type ReviewDecisionRequest = Answer<typeof reviewDecisionSchema>;

export const POSTPONE_DAYS_MAX = 60;
export const reviewPostponeSchema = z.object({ days: z.int().min(0).max(POSTPONE_DAYS_MAX) });

/** How much of the firm's Smokeball contacts the phone index has read. Source: docs/contacts.md#phone-index. */
export const contactIndexSchema = z.object({
  state: z.enum(['not_started', 'filling', 'filled']),
  read: z.int().min(0),
  total: z.int().min(0).nullable(),
  known: z.int().min(0),
  filled_at: timeSchema.nullable(),
});
export type ContactIndex = Answer<typeof contactIndexSchema>;
