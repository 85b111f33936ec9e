import { z } from 'zod';
import { CONFLICT_RULES, SIGNATURE_SCHEMES } from './setting-words';

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
  conflict_rule: z.enum(CONFLICT_RULES).default('last_writer'),
  signature_header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/)
    .default('X-CaseHug-Signature'),
  signature_scheme: z.enum(SIGNATURE_SCHEMES).default('stripe'),
  tolerance_s: z.coerce.number().int().min(10).max(3600).default(300),
});
export type FirmSettings = z.infer<typeof firmSettingsSchema>;
