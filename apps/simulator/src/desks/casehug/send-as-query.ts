import { z } from 'zod';
import { FormError } from '../form-error';
import type { SendAs } from './casehug-desk';
import { EVENT_FLAWS } from './event-flaw';
import { SIGNATURE_SCHEMES } from './sign-event';

const query = z.object({
  send_as: z.enum(['rest', 'event', 'none']).default('rest'),
  scheme: z.enum(SIGNATURE_SCHEMES).default('stripe'),
  flaw: z.enum(EVENT_FLAWS).default('none'),
});

/** Reads `?send_as=rest|event|none&scheme=stripe|sha256|hex|base64&flaw=none|wrong_secret|…` of a write at the desk. */
export function sendAsOf(search: unknown): SendAs {
  const read = query.safeParse(search);
  if (!read.success) throw FormError.of(read.error);
  const { send_as: how, scheme, flaw } = read.data;
  return how === 'event' ? { how, scheme, flaw } : { how };
}
