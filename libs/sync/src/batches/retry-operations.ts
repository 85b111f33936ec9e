import { Injectable } from '@nestjs/common';
import type { OperationFilter, RetryStart } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Clock, Database, type FirmScope, newId, SearchHasher } from '@matterline/platform';
import { filterSql } from '../history/operation-filter';
import { Operations } from '../operations/operations';

/** At most so many in one batch. */
export const RETRY_MAX = 10_000;

/** Opens failed and held operations again, by a person's wish. */
@Injectable()
export class RetryOperations {
  constructor(
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ApiError 404 for an unknown one, 409 for one that runs, waits or is done. */
  async one(firmId: string, id: string, actor: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const row = await this.operations.lock(scope, id);
      if (!row) throw ApiError.notFound('operation');
      if (row.state === 'pending') {
        // It would be tried by itself; the person does not want to wait.
        await scope.change('update operations set next_attempt_at = $2 where id = $1', [id, this.clock.now()]);
        await this.operations.told(scope, id);
      } else if (!(await this.operations.reopen(scope, id, 'retry'))) {
        throw new ApiError('conflict', `This operation is ${row.state}; there is nothing to retry.`, {
          state: row.state,
        });
      }
      await scope.change('update operations set wanted = true where id = $1', [id]);
      await this.audit.record(scope, { actor, action: 'sync.retry', subject: `operation:${id}` });
    });
  }

  async matching(firmId: string, filter: OperationFilter, dryRun: boolean, actor: string): Promise<RetryStart> {
    const { where, parameters } = filterSql(firmId, filter, this.hasher);
    return await this.database.forFirm(firmId, async (scope) => {
      const rows = await scope.query<{ id: string }>(
        `select o.id from operations o where ${where} and o.state in ('failed', 'held') order by o.position limit ${RETRY_MAX}`,
        parameters,
      );
      return await this.these(
        scope,
        rows.map(({ id }) => id),
        dryRun,
        actor,
      );
    });
  }

  /** Opens these again, in the order given, as one batch; a dry run only counts. */
  async these(scope: FirmScope, ids: readonly string[], dryRun: boolean, actor: string): Promise<RetryStart> {
    if (dryRun) return { batch_id: null, accepted: ids.length };
    const batchId = newId('bat');
    await scope.change(`insert into batches (id, firm_id, kind, total, created_at) values ($1, $2, 'retry', $3, $4)`, [
      batchId,
      scope.firmId,
      ids.length,
      this.clock.now(),
    ]);
    for (const id of ids) await this.operations.reopen(scope, id, 'bulk', batchId);
    await this.audit.record(scope, {
      actor,
      action: 'sync.retry',
      subject: `batch:${batchId}`,
      detail: { accepted: ids.length },
    });
    return { batch_id: batchId, accepted: ids.length };
  }
}
