import { createHmac } from 'node:crypto';

/** How CaseHug may sign an event; which one it really uses is not documented, so all four are offered. */
export const SIGNATURE_SCHEMES = ['stripe', 'sha256', 'hex', 'base64'] as const;

export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number];

/**
 * The value of the signature header: HMAC-SHA256 with the secret as UTF-8 text.
 * `stripe` signs `"{t}.{raw body}"` and gives `t=<unix seconds>,v1=<hex>`; the others sign the raw body alone.
 */
export function signEvent(scheme: SignatureScheme, secret: string, rawBody: string, nowMs: number): string {
  if (scheme === 'stripe') {
    const seconds = Math.floor(nowMs / 1000);
    return `t=${seconds},v1=${mac(secret, `${seconds}.${rawBody}`).toString('hex')}`;
  }
  const signature = mac(secret, rawBody);
  if (scheme === 'base64') return signature.toString('base64');
  return scheme === 'hex' ? signature.toString('hex') : `sha256=${signature.toString('hex')}`;
}

function mac(secret: string, message: string): Buffer {
  return createHmac('sha256', secret).update(message, 'utf8').digest();
}
