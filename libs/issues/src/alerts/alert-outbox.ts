import { Injectable } from '@nestjs/common';
import type { IssueChange } from '@matterline/contracts';
import { Firms } from '@matterline/auth';
import { Clock, FieldCipher, type FirmScope, newId, SearchHasher } from '@matterline/platform';
import { AlertSettingsStore, type Target, targetsOf } from './alert-settings';
import { quietUntil } from './quiet-hours';

/** What happened to an issue; the title holds its code's words and a case type, nothing of a client. */
export interface IssueNews {
  readonly issueId: string;
  readonly change: IssueChange;
  readonly title: string;
}

export const targetPlace = (firmId: string, id: string) => ({ firmId, field: 'alerts.target_enc', rowId: id });

/** Writes down what has to be told, in the transaction of what happened; `SendAlerts` sends it. */
@Injectable()
export class AlertOutbox {
  constructor(
    private readonly settings: AlertSettingsStore,
    private readonly firms: Firms,
    private readonly cipher: FieldCipher,
    private readonly hasher: SearchHasher,
    private readonly clock: Clock,
  ) {}

  /** One message for each target; in quiet hours kept for the summary at their end. */
  async change(scope: FirmScope, { issueId, change, title }: IssueNews): Promise<void> {
    await this.add(scope, 'change', issueId, { change, title });
  }

  async digest(scope: FirmScope, day: string): Promise<void> {
    await this.add(scope, 'digest', null, { day });
  }

  private async add(scope: FirmScope, kind: 'change' | 'digest', issueId: string | null, body: object): Promise<void> {
    const settings = await this.settings.read(scope);
    const targets = targetsOf(settings);
    if (targets.length === 0) return;
    const { timezone } = await this.firms.read(scope);
    const quietEnd = quietUntil(settings.quiet_hours, timezone, this.clock.now());
    for (const target of targets) await this.insert(scope, { kind, issueId, body, target, quietEnd });
  }

  private async insert(
    scope: FirmScope,
    row: { kind: string; issueId: string | null; body: object; target: Target; quietEnd: Date | null },
  ): Promise<void> {
    const id = newId('alr');
    await scope.change(
      `insert into alerts (id, firm_id, kind, target_kind, target_enc, target_hash, issue_id, body, is_kept, state, created_at, next_attempt_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10, $11)`,
      [
        id,
        scope.firmId,
        row.kind,
        row.target.kind,
        this.cipher.sealText(targetPlace(scope.firmId, id), row.target.address),
        this.hasher.hash(scope.firmId, `alert-${row.target.kind}`, row.target.address),
        row.issueId,
        JSON.stringify(row.body),
        row.kind === 'change' && row.quietEnd !== null,
        this.clock.now(),
        row.quietEnd ?? this.clock.now(),
      ],
    );
  }
}
