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
