import { z } from 'zod';
import type { Answer } from './answer';
import { CONNECTION_STATES, ENVIRONMENTS, HOOK_STATES, REGIONS } from './connection-words';
import { firmSettingsSchema } from './settings';
import { timeSchema } from './time';

export const statusPatchSchema = z.object({ settings: z.record(z.string(), z.unknown()) });

/** A firm's standing with Smokeball. Source: docs/http-api.md#connection. */
export const connectionSchema = z.object({
  connected: z.boolean(),
  state: z.enum(CONNECTION_STATES),
  region: z.enum(REGIONS),
  environment: z.enum(ENVIRONMENTS),
  firm_name: z.string().nullable(),
  settings: firmSettingsSchema,
  last_sync: timeSchema.nullable(),
  refresh_expires_at: timeSchema.nullable(),
  webhooks: z.object({ state: z.enum(HOOK_STATES) }),
});
export type Connection = Answer<typeof connectionSchema>;

/** Where `GET …/connect` sends the browser, for a caller that asks for JSON. Source: docs/http-api.md#connect. */
export const authorizationSchema = z.object({ authorization_url: z.url() });
export type Authorization = Answer<typeof authorizationSchema>;
