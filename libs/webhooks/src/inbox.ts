import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChangeNotices, Clock, FieldCipher, type FirmScope, newId, WorkQueue } from '@matterline/platform';

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

export const inboxPlace = (firmId: string, id: string) => ({ firmId, field: 'events_in.body_enc', rowId: id });
const TYPE_MAX = 100;

/** Every event from outside is a row before it is answered. */
@Injectable()
export class Inbox {
  constructor(
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly queue: WorkQueue,
    private readonly changes: ChangeNotices,
  ) {}

  /** @returns false for a repeat of a stored event. */
  async store(scope: FirmScope, event: NewInboxEvent): Promise<boolean> {
    const id = newId('evt');
    const now = this.clock.now();
    const key = createHash('sha256')
      .update(JSON.stringify([event.source, ...event.dedupe]))
      .digest();
    const isIgnored = event.ignoredBecause !== undefined;
    const stored = await scope.change(
      `insert into events_in (id, firm_id, source, dedupe_key, type, resource_id, request_id, body_enc, state, note, received_at, next_attempt_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
      [
        id,
        scope.firmId,
        event.source,
        key,
        event.type.slice(0, TYPE_MAX),
        event.resourceId?.slice(0, 200) ?? null,
        event.requestId?.slice(0, 200) ?? null,
        this.cipher.sealBytes(inboxPlace(scope.firmId, id), event.body),
        isIgnored ? 'ignored' : 'pending',
        event.ignoredBecause ?? null,
        now,
        isIgnored ? null : now,
        isIgnored ? now : null,
      ],
    );
    if (stored === 0) return false;
    await this.changes.announce(scope, { kind: 'event', id });
    if (!isIgnored) scope.afterCommit(() => this.queue.wake({ topic: 'event_in', firmId: scope.firmId, id }));
    return true;
  }
}
