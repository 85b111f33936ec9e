import { z } from 'zod';
import type { Answer } from './answer';
import { CALL_DIRECTIONS, CALL_STATES, CALL_STATUSES, IGNORED_REASONS, UNAVAILABLE_REASONS } from './call-words';
import { NOT_PAIRED_REASONS } from './pairing-words';

const answerMatterSchema = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  status: z.string(),
  role: z.enum(['client', 'other_side']),
  url: z.string(),
});
export type AnswerMatter = Answer<typeof answerMatterSchema>;

const answerContactSchema = z.object({
  id: z.string(),
  name: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  company: z.string(),
  type: z.string(),
  matched_on: z.string(),
  url: z.string(),
  matters: z.array(answerMatterSchema),
});
export type AnswerContact = Answer<typeof answerContactSchema>;

const reasonSchema = z.enum(['', ...IGNORED_REASONS, ...NOT_PAIRED_REASONS, ...UNAVAILABLE_REASONS]);

/** The answer to a call event, as the PBX's script reads it. Source: docs/telephony.md#answers. */
export const callAnswerSchema = z.object({
  status: z.enum(CALL_STATUSES),
  /** Empty for `match` and `no_match`. */
  reason: reasonSchema,
  callid: z.string(),
  /** One of the decided states, or what an ignored event said instead. */
  state: z.string(),
  direction: z.enum([...CALL_DIRECTIONS, '']),
  number: z.object({ raw: z.string(), e164: z.string(), display: z.string() }),
  total: z.int().min(0),
  contacts: z.array(answerContactSchema),
  pop: z.object({ show: z.boolean(), title: z.string(), text: z.string(), url: z.string(), key: z.string() }),
  event_id: z.string(),
  cached: z.boolean(),
  elapsed_ms: z.int().min(0),
});
export type CallAnswer = Answer<typeof callAnswerSchema>;

/** The short answer to the PBX's own webhook; the pop goes to the agent's page. */
export const webhookAnswerSchema = z.object({
  status: z.enum(CALL_STATUSES),
  reason: reasonSchema,
  callid: z.string(),
  state: z.enum(CALL_STATES),
  event_id: z.string(),
});
export type WebhookAnswer = Answer<typeof webhookAnswerSchema>;

/** A call record was taken. */
export const recordAnswerSchema = z.object({ status: z.literal('accepted') });
export type RecordAnswer = Answer<typeof recordAnswerSchema>;
