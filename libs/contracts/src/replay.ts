import { z } from 'zod';
import type { Answer } from './answer';

/** One event again, to all addresses that got it or to one. Source: docs/http-api.md#our-events. */
export const eventReplaySchema = z.object({ webhook_id: z.string().min(1).max(100).optional() });
export type EventReplay = z.infer<typeof eventReplaySchema>;

/** All that is held for an address; `since` is when the events happened. */
export const webhookReplaySchema = z.object({
  since: z.iso.datetime({ offset: true }).optional(),
  state: z.literal('held').optional(),
});
export type WebhookReplay = z.infer<typeof webhookReplaySchema>;

/** How many deliveries begin again, and how many of those meant were still under way and are left as they are. */
export const replayedSchema = z.object({ replayed: z.number().int(), waiting: z.number().int() });
export type Replayed = Answer<typeof replayedSchema>;
