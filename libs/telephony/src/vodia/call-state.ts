import type { CallState } from '@matterline/contracts';

const SYNONYMS: Readonly<Record<string, CallState>> = {
  ringing: 'ringing',
  alerting: 'ringing',
  newcall: 'ringing',
  calling: 'ringing',
  connected: 'connected',
  connect: 'connected',
  answered: 'connected',
  terminated: 'terminated',
  call: 'terminated',
  disconnected: 'terminated',
  ended: 'terminated',
  hangup: 'terminated',
};

/** Null for a state that is not decided on. Source: docs/telephony.md#states. */
export function readCallState(text: string): CallState | null {
  const key = text.trim().toLowerCase();
  return Object.hasOwn(SYNONYMS, key) ? (SYNONYMS[key] ?? null) : null;
}
