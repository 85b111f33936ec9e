import { DocumentState } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

const WORDS: Readonly<Record<DocumentState, StateWord>> = {
  received: { tone: 'quiet', word: 'Not approved yet' },
  pending: { tone: 'wait', word: 'On its way' },
  accepted: { tone: 'info', word: 'Accepted' },
  confirmed: { tone: 'ok', word: 'In Smokeball' },
  failed: { tone: 'bad', word: 'Failed' },
};

export function documentWord(state: DocumentState): StateWord {
  return WORDS[state] ?? { tone: 'quiet', word: state };
}
