import { z } from 'zod';
import type { Answer } from './answer';
import { eventRecordSchema } from './event-record';
import { timeSchema } from './time';
import { DELIVERY_STATES } from './webhook-words';

/** One try. `duration_ms` is null while it is under way; `error` is a code of ours or Node's, never the receiver's words. */
export const deliveryAttemptSchema = z.object({
  number: z.number().int(),
  started_at: timeSchema,
  duration_ms: z.number().int().nullable(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
});
export type DeliveryAttempt = Answer<typeof deliveryAttemptSchema>;

/** An event at one address, its newest tries first (at most 50 are kept; `attempt_count` counts all). */
export const deliverySchema = z.object({
  id: z.string(),
  webhook_id: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempt_count: z.number().int(),
  next_attempt_at: timeSchema.nullable(),
  attempts: z.array(deliveryAttemptSchema),
});
export type Delivery = Answer<typeof deliverySchema>;

/** One event and where it went. Source: docs/http-api.md#our-events. */
export const eventDetailSchema = eventRecordSchema.extend({ deliveries: z.array(deliverySchema) });
export type EventDetail = Answer<typeof eventDetailSchema>;
