import { createHash } from 'node:crypto';
import { type FieldCipher, newId } from '@matterline/platform';

export interface NewInboxEvent {
  readonly source: 'smokeball' | 'casehug';
  readonly type: string;
  readonly resourceId: string | null;
  readonly requestId: string | null;
  readonly body: Buffer;
  /** What makes two deliveries the same event. */
  readonly dedupe: readonly string[];
  /** Kept and shown, but nothing is done. */
  readonly ignoredBecause?: string;
}

export interface InboxRow {
  readonly id: string;
  readonly firmId: string;
  readonly dedupeKey: Buffer;
  readonly type: string;
  readonly resourceId: string | null;
  readonly requestId: string | null;
  readonly body: Buffer;
  /** Null: there is something to do. */
  readonly note: string | null;
  readonly receivedAt: Date;
}

export const inboxPlace = (firmId: string, id: string) => ({ firmId, field: 'events_in.body_enc', rowId: id });
const TYPE_MAX = 100;
const ID_MAX = 200;

/** An event as it is stored: its body sealed, its names cut to what a column holds, its key a digest. */
export function inboxRow(cipher: FieldCipher, firmId: string, event: NewInboxEvent, receivedAt: Date): InboxRow {
  const id = newId('evt');
  return {
    id,
    firmId,
    dedupeKey: createHash('sha256')
      .update(JSON.stringify([event.source, ...event.dedupe]))
      .digest(),
    type: event.type.slice(0, TYPE_MAX),
    resourceId: event.resourceId?.slice(0, ID_MAX) ?? null,
    requestId: event.requestId?.slice(0, ID_MAX) ?? null,
    body: cipher.sealBytes(inboxPlace(firmId, id), event.body),
    note: event.ignoredBecause ?? null,
    receivedAt,
  };
}
