import { StateWord } from '../../../shared/ui/tone';

export type PairingState = 'paired' | 'never' | 'expired' | 'revoked';

/** One extension's pairing with a Smokeball user. Source: docs/http-api.md#console-pairings. */
export interface Pairing {
  readonly tenant_id: string;
  readonly domain: string;
  readonly extension: string;
  readonly name: string | null;
  readonly state: PairingState;
  readonly since: string | null;
  readonly expires_at: string | null;
}

const WORDS: Readonly<Record<PairingState, StateWord>> = {
  paired: { tone: 'ok', word: 'Paired' },
  never: { tone: 'bad', word: 'Not paired' },
  expired: { tone: 'bad', word: 'Expired' },
  revoked: { tone: 'bad', word: 'Revoked' },
};

export function pairingWord(state: PairingState): StateWord {
  return WORDS[state] ?? { tone: 'quiet', word: state };
}
