import { Injectable } from '@nestjs/common';
import type { EntityType, OperationErrorCode, OperationKind, OperationTrigger } from '@matterline/contracts';
import { ChangeNotices, Clock, type FirmScope, newId, type RateLane, WorkQueue } from '@matterline/platform';
import { FailureListeners } from './failure-listeners';
import { OperationHandlers } from './operation-handler';
import { OPERATION_COLUMNS, type OperationRow } from './operation-row';

export interface NewOperation {
  readonly kind: OperationKind;
  readonly subject: string;
  readonly matterId: string | null;
  readonly entityType: EntityType;
  readonly entityId: string;
  readonly trigger: OperationTrigger;
  readonly batchId?: string | null;
}

const LANES: Readonly<Record<OperationTrigger, RateLane>> = {
  auto: 'automatic',
  manual: 'person',
  retry: 'person',
  bulk: 'bulk',
  reconcile: 'bulk',
};
const OPEN = `('pending', 'running', 'accepted')`;

/** Writes operations down and moves them along, always in the caller's transaction. */
@Injectable()
export class Operations {
  constructor(
    private readonly clock: Clock,
    private readonly queue: WorkQueue,
    private readonly handlers: OperationHandlers,
    private readonly changes: ChangeNotices,
    private readonly listeners: FailureListeners,
  ) {}

  /**
   * Adds an operation unless one of the same kind for the same entity is open already, which then does the work, for the batch too.
   * One that failed, is held or was stopped on the way is opened again, since it remembers what it may have created.
   * @returns the open operation's id, and whether it is new. @throws when no room handles this kind.
   */
  async enqueue(scope: FirmScope, operation: NewOperation): Promise<{ id: string; isNew: boolean }> {
    const added = await this.add(scope, operation);
    if (operation.batchId) await this.joinBatch(scope, added.id, operation.batchId);
    else await scope.change('update operations set wanted = true where id = $1 and not wanted', [added.id]);
    return added;
  }

  private async add(scope: FirmScope, operation: NewOperation): Promise<{ id: string; isNew: boolean }> {
    this.handlers.get(operation.kind);
    await this.lockSubject(scope, operation.subject);
    const open = await scope.one<{ id: string; state: string }>(
      `select id, state from operations where firm_id = $1 and kind = $2 and entity_type = $3 and entity_id = $4
         and (state in ('pending', 'running', 'accepted', 'held', 'failed') or (state = 'cancelled' and attempts > 0))
       order by position desc limit 1`,
      [scope.firmId, operation.kind, operation.entityType, operation.entityId],
    );
    // An update that has begun has read the data already; what changed since needs one of its own behind it.
    const isTooLate =
      /\.(update|tags)$/.test(operation.kind) && (open?.state === 'running' || open?.state === 'accepted');
    if (open && !isTooLate) {
      if (['held', 'failed', 'cancelled'].includes(open.state))
        await this.reopen(scope, open.id, operation.trigger, operation.batchId ?? undefined);
      return { id: open.id, isNew: false };
    }
    const id = newId('op');
    const now = this.clock.now();
    await scope.change(
      `insert into operations (id, firm_id, kind, subject, matter_id, entity_type, entity_id, state, trigger, lane, batch_id, next_attempt_at, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10, $11, $11, $11)`,
      [
        id,
        scope.firmId,
        operation.kind,
        operation.subject,
        operation.matterId,
        operation.entityType,
        operation.entityId,
        operation.trigger,
        LANES[operation.trigger],
        operation.batchId ?? null,
        now,
      ],
    );
    await this.told(scope, id, LANES[operation.trigger]);
    return { id, isNew: true };
  }

  async find(scope: FirmScope, id: string): Promise<OperationRow | null> {
    return await scope.one<OperationRow>(`select ${OPERATION_COLUMNS} from operations where id = $1`, [id]);
  }

  /** Holds the row until the commit. */
  async lock(scope: FirmScope, id: string): Promise<OperationRow | null> {
    return await scope.one<OperationRow>(`select ${OPERATION_COLUMNS} from operations where id = $1 for update`, [id]);
  }

  /** Opens a failed, held or cancelled operation again. @returns false when it is in another state. */
  async reopen(scope: FirmScope, id: string, trigger: OperationTrigger, batchId?: string): Promise<boolean> {
    const row = await this.lock(scope, id);
    if (!row || !['failed', 'held', 'cancelled'].includes(row.state)) return false;
    await scope.change(
      `update operations set state = 'pending', trigger = $2, lane = $3, batch_id = coalesce($4, batch_id),
         wanted = wanted and $4::text is null, error_code = null, error_detail_enc = null,
         tries_since_reset = 0, first_tried_at = null, accepted_at = null, finished_at = null, next_attempt_at = $5, updated_at = $5,
         progress = (progress - $6::text[]) || $7::jsonb where id = $1`,
      [
        id,
        trigger,
        LANES[trigger],
        batchId ?? null,
        this.clock.now(),
        doubtful(row),
        JSON.stringify(row.error_code === null ? {} : { failed_before: row.error_code }),
      ],
    );
    await scope.change('update batch_operations set past = true where operation_id = $1', [id]);
    if (batchId) await this.joinBatch(scope, id, batchId);
    await this.handlers.get(row.kind).reopened?.(scope, row);
    if (row.state !== 'cancelled') await this.listeners.tellRecovery(scope, row, 'reopened');
    await this.told(scope, id, LANES[trigger]);
    return true;
  }

  /** Opens again everything that waited for one of these reasons to go away. */
  async resumeHeld(scope: FirmScope, codes: readonly OperationErrorCode[], matterId?: string): Promise<number> {
    const held = await scope.query<{ id: string; trigger: OperationTrigger }>(
      `select id, trigger from operations where firm_id = $1 and state = 'held' and error_code = any ($2)
         and ($3::text is null or matter_id = $3) order by position`,
      [scope.firmId, codes, matterId ?? null],
    );
    for (const { id, trigger } of held) await this.reopen(scope, id, trigger);
    return held.length;
  }

  /** What waits in these matters is looked at now: something it may have waited for has happened. */
  async wakeMatters(scope: FirmScope, matterIds: readonly string[]): Promise<void> {
    if (matterIds.length === 0) return;
    const woken = await scope.query<{ id: string; lane: RateLane }>(
      `update operations set next_attempt_at = $3 where id in (
         select id from operations where firm_id = $1 and matter_id = any ($2) and state in ('pending', 'accepted') order by id for update)
       returning id, lane`,
      [scope.firmId, matterIds, this.clock.now()],
    );
    scope.afterCommit(() => {
      for (const { id, lane } of woken) this.queue.wake({ topic: 'operation', firmId: scope.firmId, id, lane });
    });
  }

  /** The open operation that a `RequestId` belongs to. */
  async findOpen(scope: FirmScope, id: string): Promise<OperationRow | null> {
    return await scope.one<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations where id = $1 and state in ${OPEN} for update`,
      [id],
    );
  }

  async remember(
    scope: FirmScope,
    id: string,
    change: Readonly<Record<string, string | number | null>>,
  ): Promise<void> {
    await scope.change('update operations set progress = progress || $2::jsonb where id = $1', [
      id,
      JSON.stringify(change),
    ]);
  }

  /** Has pages and workers look at an operation after the commit. */
  async told(scope: FirmScope, id: string, lane?: RateLane): Promise<void> {
    await this.changes.announce(scope, { kind: 'operation', id });
    scope.afterCommit(() => this.queue.wake({ topic: 'operation', firmId: scope.firmId, id, lane }));
  }

  private async joinBatch(scope: FirmScope, id: string, batchId: string): Promise<void> {
    await scope.change(
      'insert into batch_operations (firm_id, batch_id, operation_id) values ($1, $2, $3) on conflict (batch_id, operation_id) do update set past = false',
      [scope.firmId, batchId, id],
    );
  }

  /** Positions within a subject must be given in the order in which their transactions commit. */
  async lockSubject(scope: FirmScope, subject: string): Promise<void> {
    await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${scope.firmId}/${subject}`]);
  }
}

/** Ids of what Smokeball took and never showed: it is looked for again, and made again when it is not there. */
function doubtful({ error_code: code, progress }: OperationRow): string[] {
  if (code !== 'not_confirmed') return [];
  return ['contact_id', 'matter_id', 'upload_id', ...(progress['version_before'] == null ? ['file_id'] : [])];
}
