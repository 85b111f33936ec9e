import type { EntityType, Issue, MatterPut, OperationErrorCode } from '@matterline/contracts';
import { failed, OperationCloser, OperationHandlers, Operations, type Outcome } from '@matterline/sync';
import { OperationRunner } from '@matterline/sync';
import type { AppUnderTest } from '../../../../config/testing/app-under-test';
import { IssueList } from '../issue-list';
import { IssueMembers } from '../issue-members';
import { IssueWork } from '../issue-work';

export interface Failure {
  readonly code: OperationErrorCode;
  readonly detail?: string;
  readonly matter: string;
  readonly put?: Partial<MatterPut>;
  /** The record that the operation is about; the matter unless it is said. */
  readonly entity?: readonly [EntityType, string];
}

/** Operations that fail as a test says, and what becomes of them as issues. */
export class FailingWork {
  outcome: Outcome = { kind: 'succeeded' };

  constructor(
    readonly at: AppUnderTest,
    register = true,
  ) {
    if (!register) return;
    at.get(OperationHandlers).register({
      kind: 'reconcile',
      execute: () => Promise.resolve(this.outcome),
      confirm: () => Promise.resolve(this.outcome),
    });
  }

  /** A new operation that fails at once. @returns its id */
  async fail(firmId: string, failure: Failure): Promise<string> {
    if (failure.put) await this.at.put(firmId, failure.matter, failure.put);
    const [entityType, entityId] = failure.entity ?? ['matter', failure.matter];
    return await this.at.inFirm(firmId, async (scope) => {
      const { id } = await this.at.get(Operations).enqueue(scope, {
        kind: 'reconcile',
        subject: `${entityType}:${entityId}`,
        matterId: failure.matter,
        entityType,
        entityId,
        trigger: 'auto',
      });
      await this.failAgain(scope, id, failure);
      return id;
    });
  }

  async failAgain(
    scope: Parameters<OperationCloser['fail']>[0],
    id: string,
    { code, detail }: Pick<Failure, 'code' | 'detail'>,
  ): Promise<void> {
    const row = await this.at.get(Operations).lock(scope, id);
    if (!row) throw new Error('no such operation');
    await this.at.get(OperationCloser).fail(scope, row, failed(code, detail));
  }

  async run(firmId: string, id: string): Promise<void> {
    await this.at.get(OperationRunner).run(firmId, id);
  }

  async issues(firmId: string): Promise<readonly Issue[]> {
    return (await this.at.get(IssueList).list(firmId, {}, { page: 1, per_page: 100 })).data;
  }

  async only(firmId: string): Promise<Issue> {
    const [issue, ...more] = await this.issues(firmId);
    if (!issue || more.length > 0) throw new Error(`${more.length + (issue ? 1 : 0)} issues instead of one`);
    return issue;
  }

  get work(): IssueWork {
    return this.at.get(IssueWork);
  }

  get members(): IssueMembers {
    return this.at.get(IssueMembers);
  }
}
