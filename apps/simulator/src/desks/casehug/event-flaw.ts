/** Ways to get an event wrong on purpose, so that a developer sees how Matterline refuses it. */
export const EVENT_FLAWS = [
  'none',
  'wrong_secret',
  'changed_body',
  'old',
  'future',
  'no_signature',
  'not_a_signature',
  'unknown_firm',
  'next_secret',
] as const;

export type EventFlaw = (typeof EVENT_FLAWS)[number];

const AN_HOUR_MS = 3_600_000;

/** How far the time in the signature is off. */
export function shiftOf(flaw: EventFlaw): number {
  if (flaw === 'old') return -AN_HOUR_MS;
  return flaw === 'future' ? AN_HOUR_MS : 0;
}
