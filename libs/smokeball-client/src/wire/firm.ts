import { z } from 'zod';
import { phoneSchema } from './phone';
import { text, texts } from './scalars';

/** The account behind the token. `id` is the account id of webhooks and of path prefixes. docs/smokeball-api.md#staff */
export const firmSchema = z.object({
  id: z.string(),
  versionId: text,
  owner: text,
  name: text,
  status: z.object({ status: text, statusMessage: text }).optional(),
  productId: text,
  addOnIds: texts,
  email: text,
  phone: phoneSchema.optional(),
  createdDate: text,
});
export type Firm = z.output<typeof firmSchema>;
