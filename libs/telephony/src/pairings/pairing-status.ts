import type { NotPairedReason } from '@matterline/contracts';
import type { PairingRow } from './pairing-row';

type PairingState = Pick<PairingRow, 'state' | 'expires_at'>;

/** Null while the extension is paired, else why it is not. A lifetime that has run out ends a pairing without being told. */
export function notPairedReason(pairing: PairingState | null, nowMs: number): NotPairedReason | null {
  if (!pairing) return 'never';
  if (pairing.state !== 'paired') return pairing.state;
  return pairing.expires_at !== null && pairing.expires_at.getTime() <= nowMs ? 'expired' : null;
}

/** `t…@law.example.com`: enough to recognise one's own address by. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '…' : `${[...email][0] ?? ''}…${email.slice(at)}`;
}
