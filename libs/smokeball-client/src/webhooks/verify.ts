import { createHash, timingSafeEqual } from 'node:crypto';
import { nowTicks } from '../ticks';
import { signSmokeballWebhook } from './sign';

export interface WebhookVerification {
  readonly key: string;
  readonly clientId: string;
  readonly timestamp: string | undefined;
  readonly requestId: string | undefined;
  readonly signature: string | undefined;
  readonly nowMs: number;
  /** Largest accepted distance between sending and now, either way. */
  readonly toleranceS: number;
}

export type WebhookVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'missing' | 'bad_signature' | 'stale' | 'bad_timestamp' };

const MAX_REQUEST_ID_LENGTH = 1_024;
const TICKS_PER_S = 10_000_000n;

/**
 * Whether a delivery was signed with our key and sent just now. Proves origin and freshness, never content: the body is not signed.
 * Never throws, whatever the headers hold; compares in constant time. docs/smokeball-api.md#webhooks
 */
export function verifySmokeballWebhook(delivery: WebhookVerification): WebhookVerdict {
  const { key, clientId, timestamp, requestId, signature } = delivery;
  if (!isFilled(key) || !isFilled(timestamp) || !isFilled(requestId) || !isFilled(signature)) {
    return { ok: false, reason: 'missing' };
  }
  if (!/^\d{1,19}$/.test(timestamp)) return { ok: false, reason: 'bad_timestamp' };
  if (requestId.length > MAX_REQUEST_ID_LENGTH || signature.length > MAX_REQUEST_ID_LENGTH) {
    return { ok: false, reason: 'bad_signature' };
  }
  const expected = signSmokeballWebhook(key, { timestamp, requestId, clientId });
  // Digests have one length, so the comparison tells nothing about either side.
  if (!timingSafeEqual(sha256(expected), sha256(signature))) return { ok: false, reason: 'bad_signature' };
  return isFresh(BigInt(timestamp), delivery) ? { ok: true } : { ok: false, reason: 'stale' };
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isFresh(sentTicks: bigint, { nowMs, toleranceS }: WebhookVerification): boolean {
  if (!Number.isFinite(nowMs) || !Number.isFinite(toleranceS)) return false;
  const distance = sentTicks - nowTicks(nowMs);
  return (distance < 0n ? -distance : distance) <= BigInt(Math.trunc(toleranceS)) * TICKS_PER_S;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
