import { Tone } from '../../../shared/ui/tone';

export interface ReturnBanner {
  readonly tone: Tone;
  readonly heading: string;
  readonly text: string;
}

const FAILURES: Readonly<Record<string, ReturnBanner>> = {
  invalid_state: {
    tone: 'bad',
    heading: 'Invalid state',
    text: 'OAuth state tokens expire after 10 minutes. Return to Settings → Integrations and click Connect again.',
  },
  access_denied: {
    tone: 'wait',
    heading: 'Access was not granted',
    text: 'On Smokeball’s page, Allow was not chosen. Nothing has changed; connect again when you are ready.',
  },
  exchange_failed: {
    tone: 'bad',
    heading: 'Smokeball did not complete the sign-in',
    text: 'Smokeball accepted you but gave us no access. Connect again; if it stays, ask support with your firm id.',
  },
  other_account: {
    tone: 'wait',
    heading: 'That is another Smokeball account',
    text: 'Nothing has changed. Connect again with your firm’s account, or answer the question below within ten minutes.',
  },
};

const OTHER: ReturnBanner = {
  tone: 'bad',
  heading: 'Connecting did not work',
  text: 'Connect again. If it stays, ask support with your firm id.',
};

/** What to say after the way back from Smokeball's consent page. Source: docs/http-api.md#connection. */
export function returnBanner(connected: string | undefined, error: string | undefined): ReturnBanner | null {
  if (error) return FAILURES[error] ?? OTHER;
  if (!connected) return null;
  return {
    tone: 'ok',
    heading: 'You are connected',
    text: 'From now on approved documents go to Smokeball by themselves.',
  };
}
