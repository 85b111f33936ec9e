import { z } from 'zod';
import type { Answer } from './answer';
import { CONNECTION_STATES, HOOK_STATES } from './connection-words';
import { timeSchema } from './time';

const count = () => z.int().min(0);

/** Something that a person has to look at; `href` is an address inside the console. */
const attentionSchema = z.object({
  kind: z.enum(['operation', 'connection', 'matter']),
  title: z.string(),
  detail: z.string(),
  href: z.string().regex(/^\//),
});
export type Attention = Answer<typeof attentionSchema>;

const hourCountSchema = z.object({ hour: timeSchema, synced: count(), failed: count() });
export type HourCount = Answer<typeof hourCountSchema>;

/** Is everything all right, in one answer. Source: docs/http-api.md#console-overview. */
export const overviewSchema = z.object({
  connection: z.object({
    state: z.enum(CONNECTION_STATES),
    firm_name: z.string().nullable(),
    webhooks: z.object({ state: z.enum(HOOK_STATES) }),
  }),
  today: z.object({ synced: count(), waiting: count(), failed: count() }),
  queue: z.object({ waiting: count(), eta_seconds: count().nullable() }),
  attention: z.array(attentionSchema),
  last_event_at: timeSchema.nullable(),
  series: z.array(hourCountSchema),
});
export type Overview = Answer<typeof overviewSchema>;
