import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners } from '@matterline/auth';
import { Clock, type FirmScope } from '@matterline/platform';
import { OperationHandlers } from './operation-handler';
import { OPERATION_COLUMNS, type OperationRow } from './operation-row';

/**
 * What waits is for the account that the firm goes to: new records are made there, edits of records that are only in the account it
 * leaves are cancelled, and nothing remembers an id of that account.
 */
@Injectable()
export class OperationsApart implements OnModuleInit {
  constructor(
    private readonly listeners: ConnectionListeners,
    private readonly handlers: OperationHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.listeners.register({ switched: (scope) => this.reset(scope) });
  }

  private async reset(scope: FirmScope): Promise<void> {
    const now = this.clock.now();
    // A process that is at work on one loses it by this: what it brings back is not written.
    await scope.change(
      `update operations set state = 'pending', holder = null, lease_until = null, accepted_at = null, error_code = null, error_detail_enc = null,
         finished_at = null, next_attempt_at = $2, updated_at = $2 where firm_id = $1 and state in ('running', 'accepted', 'held')`,
      [scope.firmId, now],
    );
    await scope.change(
      `update operations set state = 'cancelled', next_attempt_at = null, finished_at = $2, updated_at = $2
        where firm_id = $1 and state = 'pending' and kind not like '%.push'`,
      [scope.firmId, now],
    );
    await scope.change(
      `update operations set progress = '{}', tries_since_reset = 0, first_tried_at = null
        where firm_id = $1 and state in ('pending', 'failed', 'cancelled')`,
      [scope.firmId],
    );
    const waiting = await scope.query<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations where firm_id = $1 and state = 'pending' order by position`,
      [scope.firmId],
    );
    for (const row of waiting) await this.handlers.get(row.kind).reopened?.(scope, row);
  }
}
