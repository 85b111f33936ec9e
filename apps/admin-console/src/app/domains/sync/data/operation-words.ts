import { AttemptOutcome, Operation, OperationKind, OperationState } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

export const STATE_WORDS: Readonly<Record<OperationState, StateWord>> = {
  pending: { tone: 'wait', word: 'Waiting' },
  running: { tone: 'info', word: 'Running' },
  accepted: { tone: 'info', word: 'Accepted' },
  succeeded: { tone: 'ok', word: 'Done' },
  failed: { tone: 'bad', word: 'Failed' },
  held: { tone: 'wait', word: 'Held' },
  cancelled: { tone: 'quiet', word: 'Cancelled' },
};

/** What a state means, for those who meet it the first time. */
const STATE_MEANINGS: Readonly<Record<OperationState, string>> = {
  pending: 'Waiting for its turn.',
  running: 'Being sent to Smokeball now.',
  accepted: 'Smokeball took it; its confirmation is awaited.',
  succeeded: 'It stands in Smokeball.',
  failed: 'It did not arrive. Read the reason and retry.',
  held: 'Waiting for something that must be mended first.',
  cancelled: 'It was stopped and nothing was sent.',
};

export const KIND_WORDS: Readonly<Record<OperationKind, string>> = {
  'contact.push': 'Send contact',
  'contact.update': 'Update contact',
  'matter.push': 'Send matter',
  'matter.update': 'Update matter',
  'matter.tags': 'Matter tags',
  'contact.tags': 'Contact tags',
  'document.push': 'Send document',
  'call.log': 'Log call',
  reconcile: 'Compare with Smokeball',
  import: 'Import from Smokeball',
};

export const TRIGGER_WORDS: Readonly<Record<Operation['trigger'], string>> = {
  auto: 'Automatic',
  manual: 'By hand',
  retry: 'Retry',
  bulk: 'In bulk',
  reconcile: 'Comparison',
};

export const OUTCOME_WORDS: Readonly<Record<AttemptOutcome, StateWord>> = {
  succeeded: { tone: 'ok', word: 'Succeeded' },
  accepted: { tone: 'info', word: 'Accepted' },
  failed: { tone: 'bad', word: 'Failed' },
  waiting: { tone: 'wait', word: 'Waiting' },
  interrupted: { tone: 'quiet', word: 'Interrupted' },
};

type Standing = Pick<Operation, 'state' | 'error'>;

/** Its last try failed, and the next one comes by itself. */
function isBetweenTries({ state, error }: Standing): boolean {
  return state === 'pending' && error !== null;
}

/** A word for where an operation stands; also for a state that a newer server may know and this page does not. */
export function standingWord(operation: Standing): StateWord {
  if (isBetweenTries(operation)) return { tone: 'wait', word: 'Failed, will retry' };
  return STATE_WORDS[operation.state] ?? { tone: 'quiet', word: operation.state };
}

export function standingMeaning(operation: Standing): string {
  if (isBetweenTries(operation)) return 'The last try failed. It is tried again by itself, or at once with Retry.';
  return STATE_MEANINGS[operation.state] ?? '';
}

/** Also one that would be tried again by itself: whoever has just mended the cause does not want to wait. */
export function mayBeRetried(operation: Standing): boolean {
  return operation.state === 'failed' || operation.state === 'held' || isBetweenTries(operation);
}
