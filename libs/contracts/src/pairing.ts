import { z } from 'zod';
import type { Answer } from './answer';
import { NOT_PAIRED_REASONS, PAIRING_STATES } from './pairing-words';
import { timeSchema } from './time';

/** One extension's pairing with a Smokeball user, as the console lists it. Source: docs/http-api.md#console-pairings. */
export const pairingSchema = z.object({
  tenant_id: z.string(),
  domain: z.string(),
  extension: z.string(),
  name: z.string().nullable(),
  state: z.enum(PAIRING_STATES),
  since: timeSchema.nullable(),
  expires_at: timeSchema.nullable(),
});
export type Pairing = Answer<typeof pairingSchema>;

/** Red cross or green check, as the PBX asks; the e-mail is masked. Source: docs/telephony.md#pairing. */
export const pairingStatusSchema = z.union([
  z.object({
    paired: z.literal(true),
    email: z.string().nullable(),
    since: timeSchema.nullable(),
    expires_at: timeSchema.nullable(),
  }),
  z.object({
    paired: z.literal(false),
    reason: z.enum(NOT_PAIRED_REASONS),
    email: z.null(),
    since: z.null(),
    expires_at: z.null(),
  }),
]);
export type PairingStatus = Answer<typeof pairingStatusSchema>;

/** A token for the browser of one extension. */
export const userTokenSchema = z.object({ token: z.string(), expires_in: z.int().min(1) });
export type UserToken = Answer<typeof userTokenSchema>;
