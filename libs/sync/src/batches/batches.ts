import { Injectable } from '@nestjs/common';
import type { Batch, BatchResult, OperationState } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Clock, Database, type FirmScope } from '@matterline/platform';
import { FailureListeners } from '../operations/failure-listeners';
import { OperationHandlers } from '../operations/operation-handler';
import { failureBefore, OPERATION_COLUMNS, type OperationRow } from '../operations/operation-row';

interface BatchRow {
  readonly id: string;
  readonly skipped: unknown[];
  readonly created_at: Date;
  readonly cancelled_at: Date | null;
}

/** What a batch waits for: what it began, and what was under way for the same matters already. */
const MEMBERS = 'select operation_id from batch_operations where firm_id = $1 and batch_id = $2';

/** Bulk actions: how far they are, stopping them, and what came of each operation. */
@Injectable()
export class Batches {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly handlers: OperationHandlers,
    private readonly audit: AuditTrail,
    private readonly listeners: FailureListeners,
  ) {}

  async get(firmId: string, id: string): Promise<Batch> {
    return await this.database.forFirm(firmId, (scope) => this.view(scope, id));
  }

  /** Stops what nobody has tried yet and nobody else has asked for: no person, no automatic sync and no other batch. */
  async cancel(firmId: string, id: string, actor: string): Promise<Batch> {
    return await this.database.forFirm(firmId, async (scope) => {
      await this.find(scope, id);
      const now = this.clock.now();
      const stopped = await scope.query<OperationRow>(
        `update operations set state = 'cancelled', finished_at = $3, next_attempt_at = null, updated_at = $3
          where firm_id = $1 and id in (${MEMBERS}) and not wanted and state = 'pending' and tries_since_reset = 0
            and not exists (select from batch_operations other join batches b on b.id = other.batch_id
              where other.operation_id = operations.id and other.batch_id <> $2 and not other.past and b.cancelled_at is null)
          returning ${OPERATION_COLUMNS}`,
        [firmId, id, now],
      );
      for (const row of stopped) {
        await this.handlers.get(row.kind).cancelled?.(scope, row);
        if (failureBefore(row) !== null) await this.listeners.tellRecovery(scope, row, 'cancelled');
      }
      // Once it is over there is nothing to stop; while it is not, its own wish ends here.
      await scope.change(
        `update batches set cancelled_at = coalesce(cancelled_at, $2)
          where id = $1 and ($3 or exists (select from operations where firm_id = $4 and state in ('pending', 'running', 'accepted')
            and id in (select operation_id from batch_operations where batch_id = $1)))`,
        [id, now, stopped.length > 0, firmId],
      );
      await this.audit.record(scope, {
        actor,
        action: 'batch.cancel',
        subject: `batch:${id}`,
        detail: { stopped: stopped.length },
      });
      return await this.view(scope, id);
    });
  }

  async results(firmId: string, id: string): Promise<BatchResult[]> {
    return await this.database.forFirm(firmId, async (scope) => {
      await this.find(scope, id);
      return await scope.query<BatchResult>(
        `select id as operation_id, matter_id, state, error_code from operations where firm_id = $1 and id in (${MEMBERS}) order by position`,
        [firmId, id],
      );
    });
  }

  async resultsCsv(firmId: string, id: string): Promise<string> {
    const rows = await this.results(firmId, id);
    const lines = rows.map((row) =>
      [row.operation_id, row.matter_id ?? '', row.state, row.error_code ?? ''].map(csvCell).join(','),
    );
    return ['operation_id,matter_id,state,error_code', ...lines, ''].join('\r\n');
  }

  private async view(scope: FirmScope, id: string): Promise<Batch> {
    const batch = await this.find(scope, id);
    const counts = await scope.query<{ state: OperationState; count: number }>(
      `select state, count(*)::int as count from operations where firm_id = $1 and id in (${MEMBERS}) group by state`,
      [scope.firmId, id],
    );
    const of = (...states: OperationState[]) =>
      counts.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.count, 0);
    const open = of('pending', 'running', 'accepted');
    const finished = of('succeeded', 'failed', 'held');
    const elapsedS = (this.clock.nowMs() - batch.created_at.getTime()) / 1000;
    return {
      batch_id: id,
      state: open > 0 ? 'running' : batch.cancelled_at ? 'cancelled' : 'done',
      total: counts.reduce((sum, row) => sum + row.count, 0),
      pending: of('pending'),
      running: of('running', 'accepted'),
      succeeded: of('succeeded'),
      failed: of('failed'),
      held: of('held'),
      cancelled: of('cancelled'),
      skipped: batch.skipped.length,
      eta_seconds: open === 0 ? 0 : finished === 0 ? null : Math.ceil((elapsedS / finished) * open),
    };
  }

  private async find(scope: FirmScope, id: string): Promise<BatchRow> {
    const row = await scope.one<BatchRow>('select id, skipped, created_at, cancelled_at from batches where id = $1', [
      id,
    ]);
    if (!row) throw ApiError.notFound('batch');
    return row;
  }
}

/** RFC 4180; a leading character that a spreadsheet would run as a formula is made text. */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
