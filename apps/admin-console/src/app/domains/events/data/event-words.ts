import { EventSource } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

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

export const SOURCE_WORDS: Readonly<Record<EventSource, string>> = {
  smokeball: 'Smokeball',
  casehug: 'CaseHug',
};

/** The server's own word for the state, capitalised, with a tone where we know one. */
export function eventWord(state: string): StateWord {
  const word = state.replaceAll('_', ' ');
  return { tone: STATE_TONES[state] ?? 'quiet', word: word.charAt(0).toUpperCase() + word.slice(1) };
}
