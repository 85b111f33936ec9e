import { z } from 'zod';

/** What we tell CaseHug. Source: docs/http-api.md#our-events. */
export const OUTGOING_EVENTS = [
  'matter.linked',
  'matter.status_changed',
  'matter.updated',
  'matter.sync_failed',
  'document.sync_failed',
  'contact.created',
  'contact.updated',
  'document.synced',
  'files.updated',
  'connection.expiring',
  'connection.needs_reauth',
  'call.logged',
] as const;
export type OutgoingEventType = (typeof OUTGOING_EVENTS)[number] | 'webhook.test';

export const webhookCreateSchema = z.object({
  url: z.url().max(2000),
  events: z
    .array(z.enum([...OUTGOING_EVENTS, '*']))
    .min(1)
    .max(50),
  description: z.string().max(200).nullish(),
});
