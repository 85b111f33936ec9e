import { ConnectionState, HookState } from '@matterline/contracts';
import { StateWord } from '../../../shared/ui/tone';

export const CONNECTION_WORDS: Readonly<Record<ConnectionState, StateWord>> = {
  not_configured: { tone: 'quiet', word: 'Not configured' },
  disconnected: { tone: 'quiet', word: 'Not connected' },
  connected: { tone: 'ok', word: 'Connected' },
  needs_reauth: { tone: 'bad', word: 'Sign-in needed' },
  degraded: { tone: 'wait', word: 'Connected, with trouble' },
};

export const CONNECTION_MEANINGS: Readonly<Record<ConnectionState, string>> = {
  not_configured: 'Smokeball integration is not configured. Request API access first, then connect.',
  disconnected: 'Nothing is sent to Smokeball until your firm is connected.',
  connected: 'Matters, contacts and approved documents flow to Smokeball.',
  needs_reauth: 'Smokeball no longer accepts the sign-in. Work waits here until you reconnect; nothing is lost.',
  degraded: 'Changes made in Smokeball do not reach us right now. The webhook registration is put right by itself.',
};

export const HOOK_WORDS: Readonly<Record<HookState, StateWord & { readonly meaning: string }>> = {
  active: { tone: 'ok', word: 'Active', meaning: 'Changes made in Smokeball arrive here.' },
  pending: { tone: 'wait', word: 'Being registered', meaning: 'Takes effect within a minute.' },
  missing: {
    tone: 'bad',
    word: 'Missing',
    meaning: 'Changes made in Smokeball do not arrive; registering is tried again.',
  },
  disabled: { tone: 'quiet', word: 'Off', meaning: 'They are registered when your firm connects.' },
};

export const REGION_WORDS = { us: 'United States', au: 'Australia', uk: 'United Kingdom' } as const;
export const ENVIRONMENT_WORDS = { production: 'Production', staging: 'Staging' } as const;
