import { z } from 'zod';
import { flag, text } from './scalars';

/** Somebody who can sign in. */
export const userSchema = z
  .object({ id: text, userId: text, email: text, isInternal: flag, bypassMfa: flag })
  .transform((user) => ({ ...user, userId: user.userId ?? user.id }));
export type User = z.output<typeof userSchema>;
