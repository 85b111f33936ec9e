import { Injectable } from '@nestjs/common';
import {
  type Attempt,
  type AttemptCall,
  type AttemptOutcome,
  type Listed,
  type Operation,
  type OperationDetail,
  type OperationErrorCode,
  type OperationFilter,
  type PageQuery,
  type Step,
  TOTAL_CAP,
} from '@matterline/contracts';
import { ApiError, Database, FieldCipher, type FirmScope, listed, offsetOf, SearchHasher } from '@matterline/platform';
import type { RecordedStep } from '../operations/attempt-recorder';
import { OPERATION_COLUMNS, type OperationRow } from '../operations/operation-row';
import { EntityNames } from './entity-names';
import { filterSql } from './operation-filter';
import { errorView, operationView, titleOf } from './operation-view';

interface AttemptRow {
  readonly number: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: AttemptOutcome | 'running';
  readonly error_code: OperationErrorCode | null;
  readonly error_detail_enc: Buffer | null;
  readonly calls: AttemptCall[];
  readonly steps: RecordedStep[];
}

/** Reads the sync history. Names are added for people only (`withNames`). */
@Injectable()
export class History {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly names: EntityNames,
  ) {}

  async list(firmId: string, filter: OperationFilter, page: PageQuery, withNames: boolean): Promise<Listed<Operation>> {
    const offset = offsetOf(page);
    const { where, parameters } = filterSql(firmId, filter, this.hasher);
    return await this.database.forFirm(firmId, async (scope) => {
      const rows = await scope.query<OperationRow>(
        `select ${OPERATION_COLUMNS} from operations o where ${where} order by o.created_at desc, o.position desc limit ${page.per_page} offset ${offset}`,
        parameters,
      );
      const count = await scope.one<{ total: number }>(
        `select count(*)::int as total from (select 1 from operations o where ${where} limit ${TOTAL_CAP + 1}) counted`,
        parameters,
      );
      return listed(await this.views(scope, rows, withNames), count?.total ?? 0, page);
    });
  }

  /** @throws ApiError 404, also for another firm's operation. */
  async detail(firmId: string, id: string, withNames: boolean): Promise<OperationDetail> {
    return await this.database.forFirm(firmId, async (scope) => {
      const row = await scope.one<OperationRow>(`select ${OPERATION_COLUMNS} from operations where id = $1`, [id]);
      if (!row) throw ApiError.notFound('operation');
      const attempts = await scope.query<AttemptRow>(
        'select number, started_at, finished_at, outcome, error_code, error_detail_enc, calls, steps from attempts where operation_id = $1 order by number',
        [id],
      );
      const [view = operationView(this.cipher, row)] = await this.views(scope, [row], withNames);
      return {
        ...view,
        attempt_log: attempts.map((attempt) => this.attemptView(row, attempt)),
        steps: attempts.flatMap((attempt) => stepViews(attempt)),
      };
    });
  }

  async ofMatter(scope: FirmScope, matterId: string, most: number, withNames: boolean): Promise<Operation[]> {
    const rows = await scope.query<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations where firm_id = $1 and matter_id = $2 order by created_at desc, position desc limit ${most}`,
      [scope.firmId, matterId],
    );
    return await this.views(scope, rows, withNames);
  }

  /** These operations, newest first. */
  async these(scope: FirmScope, ids: readonly string[], withNames: boolean): Promise<Operation[]> {
    const rows = await scope.query<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations where firm_id = $1 and id = any ($2) order by created_at desc, position desc`,
      [scope.firmId, ids],
    );
    return await this.views(scope, rows, withNames);
  }

  private async views(scope: FirmScope, rows: readonly OperationRow[], withNames: boolean): Promise<Operation[]> {
    if (!withNames) return rows.map((row) => operationView(this.cipher, row));
    const matters = await this.names.names(
      scope,
      'matter',
      rows.flatMap((row) => row.matter_id ?? []),
    );
    const entities = new Map<string, ReadonlyMap<string, string>>();
    for (const type of new Set(rows.map((row) => row.entity_type))) {
      const ids = rows.filter((row) => row.entity_type === type).map((row) => row.entity_id);
      entities.set(type, await this.names.names(scope, type, ids));
    }
    return rows.map((row) => ({
      ...operationView(this.cipher, row),
      title: titleOf(row, entities.get(row.entity_type)?.get(row.entity_id)),
      matter_title: (row.matter_id && matters.get(row.matter_id)) ?? null,
    }));
  }

  private attemptView(row: OperationRow, attempt: AttemptRow): Attempt {
    return {
      number: attempt.number,
      started_at: attempt.started_at.toISOString(),
      finished_at: attempt.finished_at?.toISOString() ?? null,
      outcome: attempt.outcome === 'running' ? null : attempt.outcome,
      error: errorView(this.cipher, row.firm_id, row.id, attempt.error_code, attempt.error_detail_enc),
      calls: attempt.calls,
    };
  }
}

/** The last step of an attempt carries the attempt's end; those before it were done. */
function stepViews(attempt: AttemptRow): Step[] {
  const last = attempt.steps.length - 1;
  const end = attempt.outcome === 'running' ? 'running' : attempt.outcome === 'failed' ? 'failed' : 'done';
  return attempt.steps.map((step, at) => ({ ...step, attempt: attempt.number, state: at === last ? end : 'done' }));
}
