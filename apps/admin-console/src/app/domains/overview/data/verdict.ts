import { Overview } from '@matterline/contracts';
import { Tone } from '../../../shared/ui/tone';

export interface Verdict {
  readonly tone: Tone;
  readonly heading: string;
  readonly text: string;
}

/** The one sentence at the top of the overview. */
export function verdict(overview: Overview): Verdict {
  const { connection, attention, queue } = overview;
  if (connection.state === 'needs_reauth') {
    return { tone: 'bad', heading: 'Smokeball needs you to sign in again', text: 'Work waits here; nothing is lost.' };
  }
  if (connection.state === 'not_configured' || connection.state === 'disconnected') {
    return {
      tone: 'info',
      heading: 'Not connected to Smokeball yet',
      text: 'Nothing is sent until your firm is connected.',
    };
  }
  if (attention.length > 0) {
    const many = attention.length === 1 ? 'One thing needs you' : `${attention.length} things need you`;
    return { tone: 'wait', heading: many, text: 'Everything else runs by itself.' };
  }
  if (connection.state === 'degraded') {
    return {
      tone: 'wait',
      heading: 'Changes made in Smokeball do not reach us',
      text: 'The webhook registration is put right by itself. There is nothing to do.',
    };
  }
  const text = queue.waiting > 0 ? 'Work is on its way.' : 'Nothing waits, nothing failed unseen.';
  return { tone: 'ok', heading: 'Everything is in step', text };
}
