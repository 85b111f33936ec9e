import { z } from 'zod';
import type { Answer } from './answer';
import { EVENT_DIRECTIONS, EVENT_SOURCES, EVENT_STATES } from './event-words';
import { timeSchema } from './time';

/** One event, in or out, as the console lists it. Source: docs/http-api.md#console-events. */
export const eventRecordSchema = z.object({
  id: z.string(),
  direction: z.enum(EVENT_DIRECTIONS),
  source: z.enum(EVENT_SOURCES),
  type: z.string(),
  at: timeSchema,
  state: z.enum(EVENT_STATES),
  matter_id: z.string().nullable(),
  note: z.string().nullable(),
});
export type EventRecord = Answer<typeof eventRecordSchema>;
