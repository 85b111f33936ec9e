import { Injectable } from '@nestjs/common';
import { ChangeNotices, Clock, FieldCipher, type FirmScope, WorkQueue } from '@matterline/platform';
import { inboxRow, type NewInboxEvent } from './inbox-row';

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
    const row = inboxRow(this.cipher, scope.firmId, event, this.clock.now());
    const { id, note, receivedAt } = row;
    const isIgnored = note !== null;
    const stored = await scope.change(
      `insert into events_in (id, firm_id, source, dedupe_key, type, resource_id, request_id, body_enc, state, note, received_at, next_attempt_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
      [
        id,
        scope.firmId,
        event.source,
        row.dedupeKey,
        row.type,
        row.resourceId,
        row.requestId,
        row.body,
        isIgnored ? 'ignored' : 'pending',
        note,
        receivedAt,
        isIgnored ? null : receivedAt,
        isIgnored ? receivedAt : null,
      ],
    );
    if (stored === 0) return false;
    await this.changes.announce(scope, { kind: 'event', id });
    if (!isIgnored) scope.afterCommit(() => this.queue.wake({ topic: 'event_in', firmId: scope.firmId, id }));
    return true;
  }
}
