import { Injectable } from '@nestjs/common';
import {
  type Issue,
  type IssueDetail,
  type IssueFilter,
  ISSUE_MATTERS_MAX,
  type Listed,
  type PageQuery,
  TOTAL_CAP,
} from '@matterline/contracts';
import { ApiError, Database, FieldCipher, type FirmScope, listed, offsetOf, SearchHasher } from '@matterline/platform';
import { History } from '@matterline/sync';
import type { Shown } from './cause/cause-of';
import { issueTitle, wordsOfCode } from './cause/issue-title';
import { suggestedFix } from './cause/suggested-fix';
import { ISSUE_COLUMNS, type IssueRow, shownPlace } from './issue-row';

const NEWEST_OPERATIONS = 20;

interface CountedRow extends IssueRow {
  readonly count: number;
  readonly retrying: number;
  readonly total: number;
  readonly matters: number;
  readonly matter_ids: string[];
}

const of = (what: string, where: string) => `(select ${what} from issue_members m where m.issue_id = i.id ${where})`;
const COUNTED = `${ISSUE_COLUMNS},
  ${of('count(*)::int', `and m.state = 'open'`)} as count,
  ${of('count(*)::int', `and m.state = 'retrying'`)} as retrying,
  ${of('count(*)::int', '')} as total,
  (select count(*)::int from (select distinct m.matter_id from issue_members m
    where m.issue_id = i.id and m.state = 'open' and m.matter_id is not null) found) as matters,
  array(select distinct m.matter_id from issue_members m where m.issue_id = i.id and m.state = 'open' and m.matter_id is not null
    order by m.matter_id limit ${ISSUE_MATTERS_MAX}) as matter_ids`;
/** What needs a person comes first. */
const RANK = `array_position(array['open', 'acknowledged', 'ignored', 'resolved'], i.status)`;

/** Reads issues with what stands in them now. */
@Injectable()
export class IssueList {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly history: History,
  ) {}

  async list(firmId: string, filter: IssueFilter, page: PageQuery): Promise<Listed<Issue>> {
    const offset = offsetOf(page);
    const { where, parameters } = this.filterSql(firmId, filter);
    return await this.database.forFirm(firmId, async (scope) => {
      const rows = await scope.query<CountedRow>(
        `select ${COUNTED} from (select * from issues i where ${where} order by ${RANK}, i.last_seen_at desc, i.id
           limit ${page.per_page} offset ${offset}) i order by ${RANK}, i.last_seen_at desc, i.id`,
        parameters,
      );
      const count = await scope.one<{ total: number }>(
        `select count(*)::int as total from (select 1 from issues i where ${where} limit ${TOTAL_CAP + 1}) counted`,
        parameters,
      );
      return listed(
        rows.map((row) => this.view(scope, row)),
        count?.total ?? 0,
        page,
      );
    });
  }

  /** @throws ApiError 404, also for another firm's issue. */
  async detail(firmId: string, id: string, withNames: boolean): Promise<IssueDetail> {
    return await this.database.forFirm(firmId, async (scope) => {
      const issue = await this.find(scope, id);
      const newest = await scope.query<{ subject_id: string }>(
        `select subject_id from issue_members where issue_id = $1 and subject_type = 'operation' and state <> 'gone'
          order by at desc, subject_id desc limit ${NEWEST_OPERATIONS}`,
        [id],
      );
      const ids = newest.map((row) => row.subject_id);
      return { ...issue, operations: await this.history.these(scope, ids, withNames) };
    });
  }

  /** @throws ApiError 404, also for another firm's issue. */
  async find(scope: FirmScope, id: string): Promise<Issue> {
    const row = await scope.one<CountedRow>(`select ${COUNTED} from issues i where i.firm_id = $1 and i.id = $2`, [
      scope.firmId,
      id,
    ]);
    if (!row) throw ApiError.notFound('issue');
    return this.view(scope, row);
  }

  private view(scope: FirmScope, row: CountedRow): Issue {
    const shown = this.cipher.openJson<Shown>(shownPlace(scope.firmId, row.id), row.shown_enc);
    return {
      id: row.id,
      title: issueTitle(row.code, shown),
      status: row.status,
      cause: { code: row.code, message: wordsOfCode(row.code).message },
      first_seen: row.first_seen_at.toISOString(),
      last_seen: row.last_seen_at.toISOString(),
      count: row.count,
      retrying: row.retrying,
      total: row.total,
      affected_matters: { ids: row.matter_ids, total: row.matters },
      owner: row.owner_id,
      suggested_fix: suggestedFix(row.code),
      resolved_at: row.resolved_at?.toISOString() ?? null,
      resolved_by: row.resolved_by,
    };
  }

  private filterSql(firmId: string, { status, q }: IssueFilter): { where: string; parameters: unknown[] } {
    const parts = ['i.firm_id = $1'];
    const parameters: unknown[] = [firmId];
    if (status) parts.push(`i.status = $${parameters.push(status)}`);
    const asked = q?.trim();
    if (asked) {
      const prefix = `$${parameters.push(`${asked.replace(/[\\%_]/g, '\\$&')}%`)}`;
      const words = `$${parameters.push(this.hasher.question(firmId, asked))}::bytea[]`;
      const matter = `$${parameters.push(asked)}`;
      parts.push(
        `(i.id like ${prefix} or i.code like ${prefix} or (cardinality(${words}) > 0 and i.search @> ${words})
          or i.id in (select m.issue_id from issue_members m where m.firm_id = $1 and m.matter_id = ${matter} and m.state <> 'gone'))`,
      );
    }
    return { where: parts.join(' and '), parameters };
  }
}
