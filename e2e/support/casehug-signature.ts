import { createHmac } from 'node:crypto';

/** As CaseHug signs by default: seconds and text under the firm's webhook secret. */
export function caseHugSignature(text: string, secret: string, atS = Math.floor(Date.now() / 1000)): string {
  return `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}.${text}`).digest('hex')}`;
}
