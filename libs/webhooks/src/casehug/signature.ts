import { createHmac } from 'node:crypto';
import type { FirmSettings } from '@matterline/contracts';
import { equalInConstantTime } from '@matterline/platform';

export interface CaseHugDelivery {
  readonly header: string | undefined;
  readonly body: Buffer;
  readonly nowMs: number;
}

const HEADER_MAX = 2_000;
const STAMP = /^\d{1,12}$/;

/**
 * Whether one of the secrets signed the body. Schemes: `stripe` (`t=<unix>,v1=<hex>` over `"{t}.{raw body}"`), `sha256`
 * (`sha256=<hex>`), `hex` and `base64` over the raw body. Compares in constant time. Source: docs/http-api.md#casehug-events.
 */
export function isSignedByCaseHug(
  delivery: CaseHugDelivery,
  settings: FirmSettings,
  secrets: readonly string[],
): boolean {
  const header = delivery.header?.trim() ?? '';
  if (header === '' || header.length > HEADER_MAX) return false;
  // Every secret is tried, so that the time tells nothing about which one fits.
  return secrets.map((secret) => isSignedWith(secret, header, delivery, settings)).includes(true);
}

function isSignedWith(
  secret: string,
  header: string,
  { body, nowMs }: CaseHugDelivery,
  settings: FirmSettings,
): boolean {
  const mac = (message: Buffer) => createHmac('sha256', secret).update(message).digest();
  switch (settings.signature_scheme) {
    case 'stripe': {
      const parts = header.split(',').map((part) => part.trim().split('='));
      const stamp = parts.find(([name]) => name === 't')?.[1] ?? '';
      if (!STAMP.test(stamp) || Math.abs(nowMs / 1000 - Number(stamp)) > settings.tolerance_s) return false;
      const expected = mac(Buffer.concat([Buffer.from(`${stamp}.`), body])).toString('hex');
      return parts
        .filter(([name]) => name === 'v1')
        .some(([, value]) => equalInConstantTime((value ?? '').toLowerCase(), expected));
    }
    case 'sha256':
      return equalInConstantTime(header.toLowerCase(), `sha256=${mac(body).toString('hex')}`);
    case 'hex':
      return equalInConstantTime(header.toLowerCase(), mac(body).toString('hex'));
    case 'base64':
      return equalInConstantTime(header, mac(body).toString('base64'));
  }
}
