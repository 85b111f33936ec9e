import { LinkState } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

interface LinkWord extends StateWord {
  readonly meaning: string;
}

export const LINK_WORDS: Readonly<Record<LinkState, LinkWord>> = {
  not_synced: {
    tone: 'quiet',
    word: 'Not synced',
    meaning: 'It goes to Smokeball with its first approved document, or now.',
  },
  waiting_for_client: {
    tone: 'wait',
    word: 'Waiting for client',
    meaning: 'Attach a client in CaseHug; it then continues by itself.',
  },
  needs_mapping: {
    tone: 'wait',
    word: 'Needs a type',
    meaning: 'No Smokeball matter type is sure enough for this case type.',
  },
  needs_review: { tone: 'wait', word: 'Needs review', meaning: 'Several Smokeball records could be the right one.' },
  pending: { tone: 'wait', word: 'On its way', meaning: 'It is being sent to Smokeball.' },
  accepted: { tone: 'info', word: 'Accepted', meaning: 'Smokeball took it; its confirmation is awaited.' },
  confirmed: { tone: 'ok', word: 'In Smokeball', meaning: 'Both sides are joined.' },
  failed: { tone: 'bad', word: 'Failed', meaning: 'It did not arrive. Read the reason and retry.' },
  broken: { tone: 'bad', word: 'Link broken', meaning: 'The linked record is gone in Smokeball.' },
  unlinked: { tone: 'quiet', word: 'Unlinked', meaning: 'The link was taken off on purpose.' },
};

export function linkWord(state: LinkState): LinkWord {
  return LINK_WORDS[state] ?? { tone: 'quiet', word: state, meaning: '' };
}
