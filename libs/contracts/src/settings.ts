import { z } from 'zod';

/**
 * A firm's settings, with their defaults. Keys and defaults are fixed by docs/http-api.md#operators-commands;
 * the console, `PATCH …/status` and `firm:set` change the same ones.
 */
export const firmSettingsSchema = z.object({
  auto_sync_on_approval: z.boolean().default(true),
  auto_sync_on_matter_created: z.boolean().default(false),
  auto_sync_updates: z.boolean().default(true),
  send_number: z.boolean().default(true),
  lead: z.boolean().default(false),
  close_on_archive: z.boolean().default(false),
  conflict_rule: z.enum(['last_writer', 'smokeball_wins', 'casehug_wins', 'ask']).default('last_writer'),
  signature_header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/)
    .default('X-CaseHug-Signature'),
  signature_scheme: z.enum(['stripe', 'sha256', 'hex', 'base64']).default('stripe'),
  tolerance_s: z.coerce.number().int().min(10).max(3600).default(300),
});
export type FirmSettings = z.infer<typeof firmSettingsSchema>;

/** Settings that are secrets: stored encrypted, never given back. */
export const SECRET_SETTINGS = [
  'casehug_secret_next',
  'casehug_api_key',
  'smokeball_client_id',
  'smokeball_client_secret',
  'smokeball_api_key',
] as const;
export type SecretSetting = (typeof SECRET_SETTINGS)[number];
