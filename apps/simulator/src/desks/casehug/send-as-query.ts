import { z } from 'zod';
import { FormError } from '../form-error';
import type { SendAs } from './casehug-desk';
import { SIGNATURE_SCHEMES } from './sign-event';

const query = z.object({
  send_as: z.enum(['rest', 'event', 'none']).default('rest'),
  scheme: z.enum(SIGNATURE_SCHEMES).default('stripe'),
});

/** Reads `?send_as=rest|event|none&scheme=stripe|sha256|hex|base64` of a write at the desk. */
export function sendAsOf(search: unknown): SendAs {
  const read = query.safeParse(search);
  if (!read.success) throw FormError.of(read.error);
  return read.data.send_as === 'event' ? { how: 'event', scheme: read.data.scheme } : { how: read.data.send_as };
}
