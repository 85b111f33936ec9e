import { createHmac } from 'node:crypto';

export interface SignedParts {
  /** `Timestamp` header: ticks as decimal digits. */
  readonly timestamp: string;
  /** `RequestId` header. */
  readonly requestId: string;
  /** Our OAuth client id, which is in no request. */
  readonly clientId: string;
}

/** Lowercase hex HMAC-SHA256 of `timestamp|requestId|clientId`. The body is not covered. docs/smokeball-api.md#webhooks */
export function signSmokeballWebhook(key: string, parts: SignedParts): string {
  return createHmac('sha256', key).update(`${parts.timestamp}|${parts.requestId}|${parts.clientId}`).digest('hex');
}
