import { z } from 'zod';

/** An http(s) address without a slash at its end, so that a path can simply be put behind it. */
export const httpAddress = z
  .string()
  .trim()
  .refine(
    (text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol),
    'must be an http or https address',
  )
  .transform((text) => text.replace(/\/+$/, ''));
