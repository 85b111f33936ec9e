import { StateWord } from '../../../shared/ui/tone';

/** One event, in or out. Source: docs/http-api.md#console-events. */
export interface EventRecord {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly source: 'smokeball' | 'casehug';
  readonly type: string;
  readonly at: string;
  readonly state: string;
  readonly matter_id: string | null;
  readonly note: string | null;
}

const STATE_TONES: Readonly<Record<string, StateWord['tone']>> = {
  done: 'ok',
  processed: 'ok',
  delivered: 'ok',
  succeeded: 'ok',
  pending: 'wait',
  waiting: 'wait',
  received: 'info',
  stored: 'info',
  running: 'info',
  held: 'wait',
  retrying: 'wait',
  failed: 'bad',
  rejected: 'bad',
};

export const SOURCE_WORDS: Readonly<Record<EventRecord['source'], string>> = {
  smokeball: 'Smokeball',
  casehug: 'CaseHug',
};

/** The server's own word for the state, capitalised, with a tone where we know one. */
export function eventWord(state: string): StateWord {
  const word = state.replaceAll('_', ' ');
  return { tone: STATE_TONES[state] ?? 'quiet', word: word.charAt(0).toUpperCase() + word.slice(1) };
}
