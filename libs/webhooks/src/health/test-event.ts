import { Injectable } from '@nestjs/common';
import { type ConnectionRow, readConnection, SmokeballAccess } from '@matterline/auth';
import { ApiError, ChangeNotices, Clock, Database, type FirmScope, newId } from '@matterline/platform';
import { Subscriptions } from '../subscriptions/subscriptions';

const TIMEOUT_MS = 10_000;
const RETRY_AFTER_S = 30;

/** What became of a test event. */
export interface TestEventSeen {
  readonly id: string;
  readonly sentAt: Date;
  readonly receivedAt: Date | null;
}

/** Has Smokeball send us an event, to see that events arrive and how long they take. Source: docs/smokeball-api.md#webhooks */
@Injectable()
export class TestEvents {
  constructor(
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    private readonly subscriptions: Subscriptions,
    private readonly clock: Clock,
    private readonly changes: ChangeNotices,
  ) {}

  /** @returns its id. @throws ApiError `conflict` when there is no registration; `unavailable` when Smokeball does not answer. */
  async send(firmId: string): Promise<string> {
    const row = await this.database.forFirm(firmId, readConnection);
    const smokeball = row?.state === 'connected' ? await this.access.forConnection(firmId) : null;
    if (!smokeball) throw new ApiError('conflict', 'The firm is not connected to Smokeball.');
    if (!row?.subscription_id || row.hook_state !== 'active') throw notRegistered();
    const id = newId('tst');
    // Written first: the event may be back before the call is.
    await this.note(firmId, id);
    const sent = await smokeball.webhooks.notify(row.subscription_id, {
      lane: 'person',
      firmId,
      requestId: id,
      timeoutMs: TIMEOUT_MS,
    });
    if (sent.ok || sent.failure.sent === 'maybe') return id;
    if (sent.failure.kind !== 'not_found')
      throw new ApiError('unavailable', 'Smokeball does not answer right now.', {}, RETRY_AFTER_S);
    await this.subscriptions.ensure(firmId);
    throw notRegistered();
  }

  /** The newest test event; Smokeball names our call's id in what the call causes. */
  async newest(scope: FirmScope, row: ConnectionRow | null): Promise<TestEventSeen | null> {
    if (!row?.test_id || !row.test_sent_at) return null;
    const event = await scope.one<{ received_at: Date }>(
      `select received_at from events_in where firm_id = $1 and source = 'smokeball' and type = 'noop' and received_at >= $2
        order by (request_id = $3) desc, received_at limit 1`,
      [scope.firmId, row.test_sent_at, row.test_id],
    );
    return { id: row.test_id, sentAt: row.test_sent_at, receivedAt: event?.received_at ?? null };
  }

  private async note(firmId: string, id: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      await scope.change('update connections set test_id = $2, test_sent_at = $3 where firm_id = $1', [
        firmId,
        id,
        this.clock.now(),
      ]);
      await this.changes.announce(scope, { kind: 'connection', id: firmId });
    });
  }
}

function notRegistered(): ApiError {
  return new ApiError('conflict', 'Smokeball’s events are not registered right now. This is put right by itself.');
}
