import { PairingState } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

const WORDS: Readonly<Record<PairingState, StateWord>> = {
  paired: { tone: 'ok', word: 'Paired' },
  never: { tone: 'bad', word: 'Not paired' },
  expired: { tone: 'bad', word: 'Expired' },
  revoked: { tone: 'bad', word: 'Revoked' },
};

export function pairingWord(state: PairingState): StateWord {
  return WORDS[state] ?? { tone: 'quiet', word: state };
}
