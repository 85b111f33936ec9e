import { z } from 'zod';
import { text, texts, ticks } from './scalars';

/** A subscription as read. The key is never given back: store your own. docs/smokeball-api.md#webhooks */
export const webhookSubscriptionSchema = z.object({
  id: z.string(),
  accountId: text,
  name: text,
  eventTypes: texts,
  eventNotificationUrl: text,
  createdDateUtc: text,
  updatedDateUtc: text,
  lastUpdated: ticks.optional(),
});
export type WebhookSubscription = z.output<typeof webhookSubscriptionSchema>;

/** Without `key` deliveries come unsigned, so it must be said. */
export const webhookSubscriptionWriteSchema = z.strictObject({
  name: z.string().nullish(),
  key: z.string().min(1),
  eventTypes: z.array(z.string().min(1)).readonly(),
  eventNotificationUrl: z.url(),
});
export type WebhookSubscriptionWrite = z.input<typeof webhookSubscriptionWriteSchema>;
