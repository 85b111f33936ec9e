import { z } from 'zod';
import type { Answer } from './answer';
import { OUTGOING_EVENTS } from './outgoing-event-words';
import { timeSchema } from './time';
import { WEBHOOK_STATES } from './webhook-words';

const subscriptionSchema = z.enum([...OUTGOING_EVENTS, '*']);

export const webhookCreateSchema = z.object({
  url: z.url().max(2000),
  events: z.array(subscriptionSchema).min(1).max(50),
  description: z.string().max(200).nullish(),
});
export type WebhookCreate = z.infer<typeof webhookCreateSchema>;

/** Where we notify CaseHug. Source: docs/http-api.md#webhooks. */
export const webhookSchema = z.object({
  id: z.string(),
  url: z.url(),
  events: z.array(subscriptionSchema),
  description: z.string().nullable(),
  created_at: timeSchema,
  state: z.enum(WEBHOOK_STATES),
  paused_since: timeSchema.nullable(),
  last_error: z.string().nullable(),
});
export type Webhook = Answer<typeof webhookSchema>;

/** A new one also says its secret, this once. */
export const newWebhookSchema = webhookSchema.extend({ signing_secret: z.string().regex(/^whsec_/) });
export type NewWebhook = Answer<typeof newWebhookSchema>;
