/** What kind of record a change notice of the console's stream names. Source: docs/http-api.md#console-stream. */
export const CHANGE_KINDS = [
  'operation',
  'matter',
  'document',
  'connection',
  'event',
  'pairing',
  'review',
  'webhook',
  'issue',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
