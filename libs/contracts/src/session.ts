import { z } from 'zod';
import type { Answer } from './answer';
import { ENVIRONMENTS, REGIONS } from './connection-words';
import { ROLES } from './scopes';

export const loginSchema = z.object({ email: z.string().max(254), password: z.string().max(1000) });

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;
export const invitationSchema = z.object({
  token: z.string().max(200),
  password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
});

const userSchema = z.object({ email: z.string(), role: z.enum(ROLES), firm_id: z.string() });
export type User = Answer<typeof userSchema>;

const firmSchema = z.object({
  id: z.string(),
  name: z.string(),
  casehug_firm_id: z.string(),
  region: z.enum(REGIONS),
  environment: z.enum(ENVIRONMENTS),
  timezone: z.string(),
});

export const signedInSchema = z.object({ user: userSchema });
export type SignedIn = Answer<typeof signedInSchema>;

/** Who is signed in, and for which firm. Source: docs/http-api.md#console-sign-in. */
export const meSchema = z.object({ user: userSchema, firm: firmSchema });
export type Me = Answer<typeof meSchema>;
