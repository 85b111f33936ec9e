import { z } from 'zod';
import { absentNulls } from '../http/absent-nulls';
import { parseLosslessJson } from '../http/lossless-json';
import { ticks } from '../wire/scalars';

const text = z.string().optional();

/** One webhook delivery. Treat the payload as a hint: it is unsigned, so read the record itself. docs/smokeball-api.md#webhooks */
export const webhookNotificationSchema = z.object({
  accountId: z.string(),
  userId: text,
  subscriptionId: text,
  type: z.string(),
  /** `API` for changes by apps, `Smokeball` for people's. */
  source: text,
  payload: z.looseObject({ id: text }).default({}),
  /** When the change happened, in ticks; the `Timestamp` header says when it was sent. */
  timestamp: ticks.optional(),
});
export type WebhookNotification = z.output<typeof webhookNotificationSchema>;

export type NotificationReading =
  { readonly ok: true; readonly notification: WebhookNotification } | { readonly ok: false; readonly detail: string };

/** Reads a raw body without losing digits of its ticks. Nulls come out absent; never throws. */
export function readWebhookNotification(rawBody: string | Uint8Array): NotificationReading {
  let json: unknown;
  try {
    json = parseLosslessJson(typeof rawBody === 'string' ? rawBody : Buffer.from(rawBody).toString('utf8'));
  } catch {
    return { ok: false, detail: 'not JSON' };
  }
  const read = webhookNotificationSchema.safeParse(absentNulls(json));
  if (read.success) return { ok: true, notification: read.data };
  const paths = read.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(root)');
  return { ok: false, detail: `unexpected shape at ${paths.join(', ')}` };
}
