import { Injectable } from '@nestjs/common';
import { readConnection, SmokeballAccess } from '@matterline/auth';
import { Clock, Database, type FirmScope, ProcessLink } from '@matterline/platform';
import { LEASE_MS } from './held-operation';
import { OperationCloser } from './operation-closer';
import { OperationHandlers } from './operation-handler';
import { OPERATION_COLUMNS, type OperationRow } from './operation-row';
import { failed } from './outcome';

const SPREAD_MS = 5_000;

/** Takes an operation into this process's hands, if it is due, nobody holds it, and nothing earlier of its subject is open. */
@Injectable()
export class OperationClaims {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly link: ProcessLink,
    private readonly handlers: OperationHandlers,
    private readonly closer: OperationCloser,
    private readonly access: SmokeballAccess,
  ) {}

  async claim(firmId: string, id: string): Promise<OperationRow | null> {
    return await this.database.forFirm(firmId, async (scope) => {
      const row = await this.due(scope, id);
      if (!row) return null;
      const isConfirming = row.state === 'accepted';
      if (!isConfirming && !(await this.isReady(scope, row))) return null;
      if (await this.isAway(scope, row)) return null;
      return await this.take(scope, row, isConfirming);
    });
  }

  private async due(scope: FirmScope, id: string): Promise<OperationRow | null> {
    // One claim a subject at a time: two that see each other only after their commits would both begin.
    await scope.query(
      `select pg_advisory_xact_lock(hashtextextended(firm_id || '/' || subject, 1)) from operations where id = $1`,
      [id],
    );
    return await scope.one<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations o
        where o.id = $1 and o.state in ('pending', 'running', 'accepted') and o.next_attempt_at <= $2
          and (o.lease_until is null or o.lease_until <= $2)
          and not exists (select from operations e where e.firm_id = o.firm_id and e.subject = o.subject and e.id <> o.id
            and e.state in ('pending', 'running', 'accepted') and (e.position < o.position or e.lease_until > $2))
        for update of o skip locked`,
      [id, this.clock.now()],
    );
  }

  private async isReady(scope: FirmScope, row: OperationRow): Promise<boolean> {
    const connection = await readConnection(scope);
    if (connection?.state !== 'connected') {
      await this.closer.fail(
        scope,
        row,
        failed(connection?.state === 'needs_reauth' ? 'needs_reauth' : 'not_connected'),
      );
      return false;
    }
    const obstacle = await this.handlers.get(row.kind).ready?.(scope, row);
    if (!obstacle) return true;
    if ('code' in obstacle) await this.closer.fail(scope, row, obstacle);
    else {
      await scope.change(
        `update operations set state = 'pending', next_attempt_at = $2, updated_at = $3 where id = $1`,
        [row.id, this.clock.in(obstacle.waitMs), this.clock.now()],
      );
    }
    return false;
  }

  /** While Smokeball does not answer, work is put off without an attempt, except what a person asked for: that one asks. */
  private async isAway(scope: FirmScope, row: OperationRow): Promise<boolean> {
    if (row.lane === 'call' || row.lane === 'person') return false;
    const gate = await this.access.gateState(scope);
    if (!gate || gate.awayMs === 0) return false;
    // Spread out, so that they do not all come at the same moment.
    await this.closer.putOff(scope, row, gate.awayMs + Math.random() * SPREAD_MS);
    return true;
  }

  private async take(scope: FirmScope, row: OperationRow, isConfirming: boolean): Promise<OperationRow | null> {
    const now = this.clock.now();
    if (!isConfirming) {
      await scope.change(
        `update attempts set finished_at = $2, outcome = 'interrupted' where operation_id = $1 and finished_at is null and outcome = 'running'`,
        [row.id, now],
      );
      await scope.change(
        `insert into attempts (firm_id, operation_id, number, started_at, outcome) values ($1, $2, $3, $4, 'running')`,
        [scope.firmId, row.id, row.attempts + 1, now],
      );
    }
    return await scope.one<OperationRow>(
      `update operations set state = case when state = 'accepted' then 'accepted' else 'running' end, holder = $2, lease_until = $3,
         attempts = attempts + $4, tries_since_reset = tries_since_reset + $4, first_tried_at = coalesce(first_tried_at, $5), updated_at = $5,
         request_ids = case when id = any (request_ids) then request_ids else array_append(request_ids, id) end
       where id = $1 returning ${OPERATION_COLUMNS}`,
      [row.id, this.link.processNumber, this.clock.in(LEASE_MS), isConfirming ? 0 : 1, now],
    );
  }
}
