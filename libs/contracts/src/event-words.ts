export const EVENT_DIRECTIONS = ['in', 'out'] as const;
export const EVENT_SOURCES = ['smokeball', 'casehug'] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** What became of an event: one that came in is `done`, `ignored` or `failed`; one that goes out `delivered`, `held` or `cancelled`. */
export const EVENT_STATES = [
  'pending',
  'running',
  'done',
  'ignored',
  'failed',
  'delivered',
  'held',
  'cancelled',
  'not sent',
] as const;
export type EventState = (typeof EVENT_STATES)[number];
