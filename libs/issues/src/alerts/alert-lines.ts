import { Injectable } from '@nestjs/common';
import type { IssueChange, IssueCode } from '@matterline/contracts';
import { FieldCipher, type FirmScope } from '@matterline/platform';
import type { Shown } from '../cause/cause-of';
import { plainTitle } from '../cause/issue-title';
import { shownPlace } from '../issue-row';
import type { AlertLine } from './alert-text';

const DIGEST_LINES = 20;
const STANDING = `(select count(*)::int from issue_members m where m.issue_id = i.id and m.state = 'open') as count`;

export interface KeptNews {
  readonly issue_id: string | null;
  readonly body: { readonly change?: IssueChange; readonly title?: string };
}

/** What an alert says of issues, with what stands in them as it is sent. */
@Injectable()
export class AlertLines {
  constructor(private readonly cipher: FieldCipher) {}

  /** One line an issue: its last change. */
  async ofNews(scope: FirmScope, news: readonly KeptNews[]): Promise<AlertLine[]> {
    const last = new Map<string, KeptNews['body']>();
    for (const { issue_id: id, body } of news) {
      if (id === null) continue;
      last.delete(id);
      last.set(id, body);
    }
    const rows = await scope.query<{ id: string; count: number }>(
      `select i.id, ${STANDING} from issues i where i.firm_id = $1 and i.id = any ($2)`,
      [scope.firmId, [...last.keys()]],
    );
    const counts = new Map(rows.map((row) => [row.id, row.count]));
    return [...last].map(([issueId, { change = null, title = '' }]) => ({
      issueId,
      title,
      change,
      count: counts.get(issueId) ?? 0,
    }));
  }

  /** The open issues, those seen last first. */
  async ofDigest(scope: FirmScope): Promise<{ lines: AlertLine[]; total: number }> {
    const rows = await scope.query<{ id: string; code: IssueCode; shown_enc: Buffer; count: number; total: number }>(
      `select i.id, i.code, i.shown_enc, i.total, ${STANDING} from (
         select id, code, shown_enc, last_seen_at, count(*) over ()::int as total from issues
          where firm_id = $1 and status = 'open' order by last_seen_at desc, id limit ${DIGEST_LINES}) i order by i.last_seen_at desc, i.id`,
      [scope.firmId],
    );
    const lines = rows.map((row) => ({
      issueId: row.id,
      title: plainTitle(row.code, this.cipher.openJson<Shown>(shownPlace(scope.firmId, row.id), row.shown_enc)),
      change: null,
      count: row.count,
    }));
    return { lines, total: rows[0]?.total ?? 0 };
  }
}
