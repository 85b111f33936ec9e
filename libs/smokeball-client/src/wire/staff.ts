import { z } from 'zod';
import { phoneSchema } from './phone';
import { amount, flag, text } from './scalars';

/** A staff member. Active means `enabled && !former`. Staff, user and contact ids are three different things. docs/smokeball-api.md#staff */
export const staffSchema = z.object({
  id: z.string(),
  versionId: text,
  title: text,
  firstName: text,
  middleName: text,
  lastName: text,
  initials: text,
  phone: phoneSchema.optional(),
  cell: phoneSchema.optional(),
  email: text,
  role: text,
  /** Only when asked for with `withRate`. */
  rate: amount,
  former: flag,
  enabled: flag,
  userId: text,
});
export type Staff = z.output<typeof staffSchema>;
