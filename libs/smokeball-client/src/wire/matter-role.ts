import { z } from 'zod';
import { linkSchema } from './link';
import { text } from './scalars';

/** A party's role on a matter. `roleDescription` is the name that the firm may have edited. */
export const matterRoleSchema = z
  .object({ id: text, name: text, contact: linkSchema.optional(), roleDescription: text, description: text })
  .transform((role) => ({ ...role, contactId: role.contact?.id }));
export type MatterRole = z.output<typeof matterRoleSchema>;

export const matterRolesSchema = z
  .object({ roles: z.array(matterRoleSchema).default([]) })
  .transform(({ roles }): readonly MatterRole[] => roles);
