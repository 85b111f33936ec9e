import { createHmac } from 'node:crypto';

/** Smokeball's signature of a delivery: HMAC-SHA256 over `Timestamp|RequestId|ClientId`, in lower-case hex. */
export function webhookSignature(key: string, timestamp: string, requestId: string, clientId: string): string {
  return createHmac('sha256', key).update(`${timestamp}|${requestId}|${clientId}`, 'utf8').digest('hex');
}
