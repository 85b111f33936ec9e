import { JSON_DEPTH_MAX, jsonDepth, sha256Hex } from '@matterline/platform';
import { readWebhookNotification } from '@matterline/smokeball-client';
import type { NewInboxEvent } from '../inbox-row';

type Reading =
  | { readonly ok: true; readonly event: NewInboxEvent }
  | { readonly ok: false; readonly reason: 'not_json' | 'unstorable' };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A delivery's bytes as an event to store. JSON of a shape nobody knows, and what names another account, is kept and ignored.
 * What makes two deliveries one event is subscription, type, resource, time and content: one call of ours causes several events,
 * so the request id says nothing. docs/smokeball-api.md#webhooks
 */
export function readDelivery(body: Buffer, requestId: string | null, accountId: string | null): Reading {
  const text = jsonText(body);
  if (text === null) return { ok: false, reason: 'not_json' };
  const reading = readWebhookNotification(text);
  if (!reading.ok && reading.detail === 'not JSON') return { ok: false, reason: 'not_json' };
  const shared = { source: 'smokeball', requestId, body } as const;
  const content = sha256Hex(body);
  if (!reading.ok) {
    const dedupe = ['unreadable', content];
    const ignoredBecause = 'its shape is not known';
    return { ok: true, event: { ...shared, type: 'unreadable', resourceId: null, dedupe, ignoredBecause } };
  }
  const { subscriptionId, type, payload, timestamp, accountId: named } = reading.notification;
  const resourceId = payload.id ?? null;
  // PostgreSQL cannot hold it in a text.
  if (type.includes('\0') || resourceId?.includes('\0')) return { ok: false, reason: 'unstorable' };
  const isForeign = named !== accountId && type !== 'mattertype.updated';
  const dedupe = [subscriptionId ?? '', type, resourceId ?? '', timestamp?.toString() ?? '', content];
  const ignoredBecause = isForeign ? 'it names another account' : undefined;
  return { ok: true, event: { ...shared, type, resourceId, dedupe, ignoredBecause } };
}

/** Null for what is no UTF-8, or nests deeper than anything that walks it could bear. */
function jsonText(body: Buffer): string | null {
  if (jsonDepth(body) > JSON_DEPTH_MAX) return null;
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}
