import { Injectable } from '@nestjs/common';
import type { Issue, IssueStatus, RetryStart } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { ApiError, ChangeNotices, Database, type FirmScope } from '@matterline/platform';
import { RETRY_MAX, RetryOperations } from '@matterline/sync';
import { IssueList } from './issue-list';
import { IssueMembers } from './issue-members';

/** What a person does with an issue. */
@Injectable()
export class IssueWork {
  constructor(
    private readonly database: Database,
    private readonly issues: IssueList,
    private readonly members: IssueMembers,
    private readonly retries: RetryOperations,
    private readonly changes: ChangeNotices,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Resolving lets go of everything that stands in it; the next failure of the same cause opens it again.
   * @throws ApiError 404; 409 for resolving what plainly stands: a connection that is refused, a registration that is missing.
   */
  async setStatus(firmId: string, id: string, status: IssueStatus, actor: string): Promise<Issue> {
    return await this.database.forFirm(firmId, async (scope) => {
      await this.issues.find(scope, id);
      if (status === 'resolved') await this.requireResolvable(scope, id);
      const changed = await this.members.setStatus(scope, id, status, actor);
      const issue = await this.issues.find(scope, id);
      if (changed)
        await this.audit.record(scope, { actor, action: 'issue.status', subject: `issue:${id}`, detail: { status } });
      return issue;
    });
  }

  /** @throws ApiError 404; 400 for a user that the firm does not have. */
  async setOwner(firmId: string, id: string, userId: string | null, actor: string): Promise<Issue> {
    return await this.database.forFirm(firmId, async (scope) => {
      await this.issues.find(scope, id);
      const isKnown =
        userId === null ||
        (await scope.one('select 1 from users where firm_id = $1 and id = $2 and disabled_at is null', [
          firmId,
          userId,
        ]));
      if (!isKnown) throw ApiError.validation([{ field: 'user_id', message: 'is no user of this firm' }]);
      await scope.change('update issues set owner_id = $3 where firm_id = $1 and id = $2', [firmId, id, userId]);
      await this.changes.announce(scope, { kind: 'issue', id });
      const issue = await this.issues.find(scope, id);
      await this.audit.record(scope, {
        actor,
        action: 'issue.owner',
        subject: `issue:${id}`,
        detail: { user_id: userId },
      });
      return issue;
    });
  }

  /** Opens all failed and held operations of the issue again, in their original order; a dry run only counts. */
  async retry(firmId: string, id: string, dryRun: boolean, actor: string): Promise<RetryStart> {
    return await this.database.forFirm(firmId, async (scope) => {
      await this.issues.find(scope, id);
      const rows = await scope.query<{ id: string }>(
        `select o.id from issue_members m join operations o on o.id = m.subject_id
          where m.issue_id = $1 and m.subject_type = 'operation' and m.state = 'open' and o.firm_id = $2 and o.state in ('failed', 'held')
          order by o.position limit ${RETRY_MAX}`,
        [id, firmId],
      );
      const ids = rows.map((row) => row.id);
      return await this.retries.these(scope, ids, dryRun, actor);
    });
  }

  private async requireResolvable(scope: FirmScope, id: string): Promise<void> {
    const standing = await scope.one(
      `select 1 from issue_members where issue_id = $1 and subject_type in ('connection', 'subscription') and state = 'open' limit 1`,
      [id],
    );
    if (standing)
      throw new ApiError('conflict', 'This still stands and closes by itself when it is over.', {
        hint: 'Acknowledge it to show that somebody is on it, or ignore it.',
      });
  }
}
