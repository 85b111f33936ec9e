import { Injectable } from '@nestjs/common';
import type { IssueStatus } from '@matterline/contracts';
import { canonicalJson } from '@matterline/audit';
import { ChangeNotices, Clock, FieldCipher, type FirmScope, newId, SearchHasher } from '@matterline/platform';
import { AlertOutbox } from './alerts/alert-outbox';
import type { Cause } from './cause/cause-of';
import { issueTitle, plainTitle } from './cause/issue-title';
import { shownPlace } from './issue-row';

export type SubjectType = 'operation' | 'delivery' | 'connection' | 'subscription';

export interface Subject {
  readonly type: SubjectType;
  readonly id: string;
  readonly matterId?: string | null;
}

/** A second's worth of failures moves `last_seen` once. */
const SEEN_STEP_MS = 1000;

/**
 * What belongs to which issue, and the changes of status that follow from it, always in the caller's transaction.
 * An issue's row is locked only when its status changes; two that leave last at the same moment are found by the sweep.
 */
@Injectable()
export class IssueMembers {
  constructor(
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly changes: ChangeNotices,
    private readonly alerts: AlertOutbox,
  ) {}

  /** The subject is in trouble for this cause and for no other. */
  async join(scope: FirmScope, cause: Cause, subject: Subject): Promise<void> {
    const { id, isNew } = await this.findOrCreate(scope, cause);
    await this.leaveOthers(scope, subject, id);
    await scope.change(
      `insert into issue_members (firm_id, issue_id, subject_type, subject_id, matter_id, state, at) values ($1, $2, $3, $4, $5, 'open', $6)
       on conflict (issue_id, subject_type, subject_id) do update set state = 'open', at = excluded.at, matter_id = excluded.matter_id`,
      [scope.firmId, id, subject.type, subject.id, subject.matterId ?? null, this.clock.now()],
    );
    if (isNew)
      await this.alerts.change(scope, { issueId: id, change: 'opened', title: plainTitle(cause.code, cause.shown) });
    else await this.seenAgain(scope, id);
    await this.told(scope, id);
  }

  /** Opened again: it still belongs to the issue until it is through, so that a retry in vain changes nothing. */
  async retrying(scope: FirmScope, subject: Subject): Promise<void> {
    const moved = await scope.query<{ issue_id: string }>(
      `update issue_members set state = 'retrying' where firm_id = $1 and subject_type = $2 and subject_id = $3 and state = 'open' returning issue_id`,
      [scope.firmId, subject.type, subject.id],
    );
    for (const { issue_id: id } of moved) await this.told(scope, id);
  }

  /** It is well, or is not wanted any more. */
  async leave(scope: FirmScope, subject: Subject): Promise<void> {
    await this.leaveOthers(scope, subject, '');
  }

  /** Everything that stands in an issue leaves it. */
  async empty(scope: FirmScope, issueId: string): Promise<void> {
    await scope.change(`update issue_members set state = 'gone', at = $2 where issue_id = $1 and state <> 'gone'`, [
      issueId,
      this.clock.now(),
    ]);
  }

  /** Resolves it when nothing stands in it. An ignored one stays ignored. */
  async closeIfGone(scope: FirmScope, issueId: string): Promise<void> {
    const closed = await scope.change(
      `update issues i set status = 'resolved', resolved_at = $2, resolved_by = 'system' where i.id = $1 and i.status in ('open', 'acknowledged')
         and not exists (select from issue_members m where m.issue_id = i.id and m.state in ('open', 'retrying'))`,
      [issueId, this.clock.now()],
    );
    if (closed > 0) await this.tellChange(scope, issueId, 'resolved');
  }

  async reopenIfStanding(scope: FirmScope, issueId: string): Promise<void> {
    const opened = await scope.change(
      `update issues set status = 'open', resolved_at = null, resolved_by = null where id = $1 and status = 'resolved'`,
      [issueId],
    );
    if (opened > 0) await this.tellChange(scope, issueId, 'reopened');
  }

  /** A person's word. Only what changes whether it stands is told. @returns false when it stood so already. */
  async setStatus(scope: FirmScope, issueId: string, status: IssueStatus, actor: string): Promise<boolean> {
    const before = await scope.one<{ status: IssueStatus }>('select status from issues where id = $1 for update', [
      issueId,
    ]);
    if (!before || before.status === status) return false;
    const isOver = status === 'resolved';
    await scope.change('update issues set status = $2, resolved_at = $3, resolved_by = $4 where id = $1', [
      issueId,
      status,
      isOver ? this.clock.now() : null,
      isOver ? actor : null,
    ]);
    if (isOver) await this.empty(scope, issueId);
    if (isOver) await this.tellChange(scope, issueId, 'resolved');
    else if (before.status === 'resolved' && status === 'open') await this.tellChange(scope, issueId, 'reopened');
    else await this.told(scope, issueId);
    return true;
  }

  private async findOrCreate(scope: FirmScope, cause: Cause): Promise<{ id: string; isNew: boolean }> {
    const hash = this.hasher.hash(scope.firmId, 'issue', canonicalJson([cause.code, ...cause.parts]));
    const find = () =>
      scope.one<{ id: string }>('select id from issues where firm_id = $1 and cause_hash = $2', [scope.firmId, hash]);
    const known = await find();
    if (known) return { id: known.id, isNew: false };
    const id = newId('iss');
    const now = this.clock.now();
    const made = await scope.change(
      `insert into issues (id, firm_id, cause_hash, code, shown_enc, search, status, first_seen_at, last_seen_at)
       values ($1, $2, $3, $4, $5, $6, 'open', $7, $7) on conflict (firm_id, cause_hash) do nothing`,
      [
        id,
        scope.firmId,
        hash,
        cause.code,
        this.cipher.sealJson(shownPlace(scope.firmId, id), cause.shown),
        this.hasher.words(scope.firmId, [issueTitle(cause.code, cause.shown)]),
        now,
      ],
    );
    if (made > 0) return { id, isNew: true };
    // Another transaction made it a moment ago; it has committed by now.
    const other = await find();
    if (!other) throw new Error('an issue vanished');
    return { id: other.id, isNew: false };
  }

  private async leaveOthers(scope: FirmScope, subject: Subject, keep: string): Promise<void> {
    const left = await scope.query<{ issue_id: string }>(
      `update issue_members set state = 'gone', at = $5 where firm_id = $1 and subject_type = $2 and subject_id = $3 and issue_id <> $4 and state <> 'gone'
       returning issue_id`,
      [scope.firmId, subject.type, subject.id, keep, this.clock.now()],
    );
    for (const { issue_id: id } of left) {
      await this.closeIfGone(scope, id);
      await this.told(scope, id);
    }
  }

  private async seenAgain(scope: FirmScope, id: string): Promise<void> {
    await this.reopenIfStanding(scope, id);
    // Never waits: whoever holds the row is writing the same moment.
    await scope.change(
      `update issues set last_seen_at = $2 where id in (select i.id from issues i where i.id = $1 and i.last_seen_at < $3 for update skip locked)`,
      [id, this.clock.now(), this.clock.in(-SEEN_STEP_MS)],
    );
  }

  private async tellChange(scope: FirmScope, issueId: string, change: 'reopened' | 'resolved'): Promise<void> {
    const row = await scope.one<{ code: Cause['code']; shown_enc: Buffer }>(
      'select code, shown_enc from issues where id = $1',
      [issueId],
    );
    if (!row) return;
    const shown = this.cipher.openJson<Cause['shown']>(shownPlace(scope.firmId, issueId), row.shown_enc);
    await this.alerts.change(scope, { issueId, change, title: plainTitle(row.code, shown) });
    await this.told(scope, issueId);
  }

  private async told(scope: FirmScope, issueId: string): Promise<void> {
    await this.changes.announce(scope, { kind: 'issue', id: issueId });
  }
}
