import { z } from 'zod';
import { ALERT_TARGETS, DIGESTS } from './alert-words';
import type { Answer } from './answer';

const EMAILS_MAX = 20;
/** Hours and minutes on the firm's own clock. */
const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');

const quietHoursSchema = z
  .strictObject({ from: timeOfDaySchema, to: timeOfDaySchema })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from the beginning' });
export type QuietHours = Answer<typeof quietHoursSchema>;

/** Who is told when an issue opens, comes back or is over, and when. Source: docs/issues.md#alerts. */
export const alertSettingsSchema = z.strictObject({
  emails: z.array(z.email().max(254)).max(EMAILS_MAX).default([]),
  slack_url: z.url().max(2000).nullable().default(null),
  quiet_hours: quietHoursSchema.nullable().default(null),
  digest: z.enum(DIGESTS).default('off'),
  /** The hour on the firm's clock at which the digest goes out. */
  digest_hour: z.int().min(0).max(23).default(8),
});
export type AlertSettings = Answer<typeof alertSettingsSchema>;

/** The settings, and whether e-mail can be sent from here at all. */
export const alertsSchema = z.object({
  emails: z.array(z.string()),
  slack_url: z.string().nullable(),
  quiet_hours: z.object({ from: z.string(), to: z.string() }).nullable(),
  digest: z.enum(DIGESTS),
  digest_hour: z.int().min(0).max(23),
  email_available: z.boolean(),
});
export type Alerts = Answer<typeof alertsSchema>;

/** What became of a test message; `error` is a code or a short reason, never the receiver's words. */
export const alertTestSchema = z.object({
  kind: z.enum(ALERT_TARGETS),
  target: z.string(),
  sent: z.boolean(),
  error: z.string().nullable(),
});
export type AlertTest = Answer<typeof alertTestSchema>;
