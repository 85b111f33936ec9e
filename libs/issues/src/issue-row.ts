import type { IssueCode, IssueStatus } from '@matterline/contracts';

export interface IssueRow {
  readonly id: string;
  readonly code: IssueCode;
  readonly shown_enc: Buffer;
  readonly status: IssueStatus;
  readonly owner_id: string | null;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
}

export const ISSUE_COLUMNS = `i.id, i.code, i.shown_enc, i.status, i.owner_id, i.first_seen_at, i.last_seen_at, i.resolved_at, i.resolved_by`;

export const shownPlace = (firmId: string, id: string) => ({ firmId, field: 'issues.shown_enc', rowId: id });
