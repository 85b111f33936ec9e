import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database, Dispatcher, FieldCipher, type FirmScope, isDatabaseAway, Log } from '@matterline/platform';
import { readConnection } from '@matterline/auth';
import { detailPlace, OPERATION_COLUMNS, type OperationRow } from '@matterline/sync';
import { causeOf } from './cause/cause-of';
import { IssueListeners } from './issue-listeners';
import { IssueMembers } from './issue-members';

const LOOK_MS = 10_000;
/** Rows put right in one transaction. */
const AT_ONCE = 200;

/**
 * Puts issues right that no single transaction could: deliveries that were given up, a registration that is missing,
 * two operations that left last at the same moment, and failures from before there were issues.
 */
@Injectable()
export class IssueSweep {
  private isLooking = false;
  private hasAdopted = false;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly members: IssueMembers,
    private readonly listeners: IssueListeners,
    private readonly log: Log,
  ) {}

  @Interval(LOOK_MS)
  async tick(): Promise<void> {
    if (!this.dispatcher.isWorking || this.isLooking) return;
    this.isLooking = true;
    try {
      if (!this.hasAdopted) await this.adoptAll();
      this.hasAdopted = true;
      await this.look();
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error('issues.sweep.failed', { error });
    } finally {
      this.isLooking = false;
    }
  }

  /** Looks at every firm in which something does not fit. */
  async look(): Promise<void> {
    const firms = await this.database.directory<{ firm_id: string }>('unsettled_issues()');
    for (const { firm_id: firmId } of firms) await this.database.forFirm(firmId, (scope) => this.settle(scope));
  }

  /** Failures that stood before issues were kept. Run once in each process's life. */
  async adoptAll(): Promise<void> {
    const firms = await this.database.directory<{ firm_id: string }>('unlisted_failures()');
    for (const { firm_id: firmId } of firms) {
      let adopted = AT_ONCE;
      while (adopted === AT_ONCE) adopted = await this.database.forFirm(firmId, (scope) => this.adopt(scope));
    }
  }

  private async settle(scope: FirmScope): Promise<void> {
    if (!(await this.isMine(scope))) return;
    await this.settleConnection(scope);
    await this.settleDeliveries(scope);
    const empty = await scope.query<{ id: string }>(
      `select i.id from issues i where i.firm_id = $1 and i.status in ('open', 'acknowledged')
         and not exists (select from issue_members m where m.issue_id = i.id and m.state in ('open', 'retrying')) limit ${AT_ONCE}`,
      [scope.firmId],
    );
    for (const { id } of empty) await this.members.closeIfGone(scope, id);
    const back = await scope.query<{ id: string }>(
      `select i.id from issues i where i.firm_id = $1 and i.status = 'resolved'
         and exists (select from issue_members m where m.issue_id = i.id and m.state = 'open') limit ${AT_ONCE}`,
      [scope.firmId],
    );
    for (const { id } of back) await this.members.reopenIfStanding(scope, id);
  }

  private async settleConnection(scope: FirmScope): Promise<void> {
    const connection = await readConnection(scope);
    const standing = await scope.query<{ subject_type: string }>(
      `select subject_type from issue_members where firm_id = $1 and subject_type in ('connection', 'subscription') and state = 'open'`,
      [scope.firmId],
    );
    const stands = (type: string) => standing.some((row) => row.subject_type === type);
    const subject = (type: 'connection' | 'subscription') => ({ type, id: scope.firmId });
    const isRefused = connection?.state === 'needs_reauth';
    const isDeaf = connection?.state === 'connected' && connection.hook_state === 'missing';
    if (isRefused && !stands('connection')) await this.listeners.signInRefused(scope);
    if (!isRefused && stands('connection')) await this.members.leave(scope, subject('connection'));
    if (isDeaf && !stands('subscription'))
      await this.members.join(scope, causeOf({ code: 'subscription_missing' }), subject('subscription'));
    if (!isDeaf && stands('subscription')) await this.members.leave(scope, subject('subscription'));
  }

  private async settleDeliveries(scope: FirmScope): Promise<void> {
    const over = await scope.query<{ subject_id: string }>(
      `select m.subject_id from issue_members m join deliveries d on d.id = m.subject_id
        where m.firm_id = $1 and m.subject_type = 'delivery' and m.state <> 'gone' and d.state <> 'held' limit ${AT_ONCE}`,
      [scope.firmId],
    );
    for (const { subject_id: id } of over) await this.members.leave(scope, { type: 'delivery', id });
    const held = await scope.query<{
      id: string;
      endpoint_id: string;
      last_status: number | null;
      matter_id: string | null;
    }>(
      `select d.id, d.endpoint_id, d.last_status, d.matter_id from deliveries d where d.firm_id = $1 and d.state = 'held'
         and not exists (select from issue_members m where m.firm_id = d.firm_id and m.subject_type = 'delivery' and m.subject_id = d.id
           and (m.state <> 'gone' or m.at >= d.finished_at)) limit ${AT_ONCE}`,
      [scope.firmId],
    );
    for (const row of held) {
      const cause = causeOf({ code: 'delivery_failing', endpointId: row.endpoint_id, httpStatus: row.last_status });
      await this.members.join(scope, cause, { type: 'delivery', id: row.id, matterId: row.matter_id });
    }
  }

  private async adopt(scope: FirmScope): Promise<number> {
    if (!(await this.isMine(scope))) return 0;
    const rows = await scope.query<OperationRow>(
      `select ${OPERATION_COLUMNS} from operations o where o.firm_id = $1 and o.state in ('failed', 'held') and o.error_code is not null
         and not exists (select from issue_members m where m.firm_id = o.firm_id and m.subject_type = 'operation' and m.subject_id = o.id)
       order by o.position limit ${AT_ONCE} for update of o skip locked`,
      [scope.firmId],
    );
    for (const row of rows) {
      if (row.error_code === null) continue;
      const detail = row.error_detail_enc
        ? this.cipher.openText(detailPlace(scope.firmId, row.id), row.error_detail_enc)
        : undefined;
      await this.listeners.failed(scope, row, { code: row.error_code, detail });
    }
    return rows.length;
  }

  /** One process at a time puts a firm right. */
  private async isMine(scope: FirmScope): Promise<boolean> {
    const row = await scope.one<{ mine: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 2)) as mine',
      [`issues/${scope.firmId}`],
    );
    return row?.mine === true;
  }
}
