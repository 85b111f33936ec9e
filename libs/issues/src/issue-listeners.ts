import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionListeners } from '@matterline/auth';
import { Database, type FirmScope } from '@matterline/platform';
import { type Failed, FailureListeners, type OperationRow } from '@matterline/sync';
import { CauseFacts } from './cause/cause-facts';
import { causeOf } from './cause/cause-of';
import { IssueMembers, type Subject } from './issue-members';

/** These are over when the firm is connected again, whatever became of each operation. */
const OVER_WHEN_CONNECTED = ['needs_reauth', 'not_connected'];

const subjectOf = (operation: OperationRow): Subject => ({
  type: 'operation',
  id: operation.id,
  matterId: operation.matter_id,
});

/** Puts failures into issues and takes them out again, in the transaction in which they happen. */
@Injectable()
export class IssueListeners implements OnModuleInit {
  constructor(
    private readonly failures: FailureListeners,
    private readonly connections: ConnectionListeners,
    private readonly database: Database,
    private readonly facts: CauseFacts,
    private readonly members: IssueMembers,
  ) {}

  onModuleInit(): void {
    this.failures.register((scope, operation, failure) => this.failed(scope, operation, failure));
    this.failures.registerRecovery(async (scope, operation, recovery) => {
      const subject = subjectOf(operation);
      if (recovery === 'reopened') await this.members.retrying(scope, subject);
      else await this.members.leave(scope, subject);
    });
    this.connections.register({
      needsReauth: (firmId) => this.database.forFirm(firmId, (scope) => this.signInRefused(scope)),
      connected: (firmId) => this.database.forFirm(firmId, (scope) => this.connected(scope)),
    });
  }

  async failed(
    scope: FirmScope,
    operation: OperationRow,
    { code, detail }: Pick<Failed, 'code' | 'detail'>,
  ): Promise<void> {
    const cause = causeOf({
      code,
      detail,
      matterId: operation.matter_id,
      entity: { type: operation.entity_type, id: operation.entity_id },
      facts: await this.facts.of(scope, operation.matter_id),
    });
    await this.members.join(scope, cause, subjectOf(operation));
  }

  async signInRefused(scope: FirmScope): Promise<void> {
    await this.members.join(scope, causeOf({ code: 'needs_reauth' }), { type: 'connection', id: scope.firmId });
  }

  private async connected(scope: FirmScope): Promise<void> {
    await this.members.leave(scope, { type: 'connection', id: scope.firmId });
    const over = await scope.query<{ id: string }>(
      `select id from issues where firm_id = $1 and code = any ($2) and status <> 'resolved'`,
      [scope.firmId, OVER_WHEN_CONNECTED],
    );
    for (const { id } of over) {
      await this.members.empty(scope, id);
      await this.members.closeIfGone(scope, id);
    }
  }
}
