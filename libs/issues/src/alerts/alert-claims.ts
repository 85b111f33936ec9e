import { Injectable } from '@nestjs/common';
import type { AlertTarget } from '@matterline/contracts';
import { Clock, Database, FieldCipher, type FirmScope, ProcessLink } from '@matterline/platform';
import { backoffMs } from '@matterline/smokeball-client';
import type { KeptNews } from './alert-lines';
import { targetPlace } from './alert-outbox';
import type { Target } from './alert-settings';
import type { Sent } from './mailer';

/** Longer than any sending lasts; what a killed process held goes out after it. */
const LEASE_MS = 60_000;
const KEEP_TRYING_MS = 24 * 3600 * 1000;

interface Row extends KeptNews {
  readonly id: string;
  readonly kind: 'change' | 'digest';
  readonly target_kind: AlertTarget;
  readonly target_enc: Buffer;
  readonly target_hash: Buffer;
  readonly is_kept: boolean;
  readonly attempts: number;
  readonly first_tried_at: Date | null;
}

/** What one message is made of, in the hands of this process. */
export interface ClaimedAlert {
  readonly id: string;
  /** All that the message stands for; in a summary more than one. */
  readonly ids: readonly string[];
  readonly occasion: 'change' | 'summary' | 'digest';
  readonly target: Target;
  readonly news: readonly KeptNews[];
  readonly attempts: number;
  readonly firstTriedAt: Date;
  readonly holder: number;
}

const COLUMNS =
  'a.id, a.kind, a.target_kind, a.target_enc, a.target_hash, a.is_kept, a.attempts, a.first_tried_at, a.issue_id, a.body';
const FREE = `a.state in ('pending', 'running') and a.next_attempt_at <= $2 and (a.lease_until is null or a.lease_until <= $2)`;

/** Takes alerts to send and puts them down again; each belongs to one process at a time. */
@Injectable()
export class AlertClaims {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly link: ProcessLink,
  ) {}

  /** In order for each target: nothing overtakes an earlier message that could not be sent yet. */
  async claim(firmId: string, id: string): Promise<ClaimedAlert | null> {
    return await this.database.forFirm(firmId, async (scope) => {
      const now = this.clock.now();
      const first = await scope.one<Row>(
        `select ${COLUMNS} from alerts a where a.id = $1 and ${FREE} and not exists (select from alerts e where e.firm_id = a.firm_id
           and e.target_hash = a.target_hash and e.position < a.position and e.state in ('pending', 'running')) for update skip locked`,
        [id, now],
      );
      if (!first) return null;
      const all = first.is_kept ? await this.keptWith(scope, first, now) : [first];
      return await this.take(scope, first, all, now);
    });
  }

  /** What the quiet hours kept for the same target. */
  private async keptWith(scope: FirmScope, first: Row, now: Date): Promise<Row[]> {
    return await scope.query<Row>(
      `select ${COLUMNS} from alerts a where a.firm_id = $1 and ${FREE} and a.is_kept and a.target_hash = $3 order by a.position for update`,
      [scope.firmId, now, first.target_hash],
    );
  }

  private async take(scope: FirmScope, first: Row, all: readonly Row[], now: Date): Promise<ClaimedAlert> {
    const ids = all.map((row) => row.id);
    const holder = this.link.processNumber;
    await scope.change(
      `update alerts set state = 'running', holder = $2, lease_until = $3, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $4) where id = any ($1)`,
      [ids, holder, this.clock.in(LEASE_MS), now],
    );
    return {
      id: first.id,
      ids,
      occasion: first.kind === 'digest' ? 'digest' : first.is_kept ? 'summary' : 'change',
      target: {
        kind: first.target_kind,
        address: this.cipher.openText(targetPlace(scope.firmId, first.id), first.target_enc),
      },
      news: all,
      attempts: first.attempts + 1,
      firstTriedAt: first.first_tried_at ?? now,
      holder,
    };
  }

  /** @returns how it stands now. */
  async putDown(firmId: string, alert: ClaimedAlert, { error }: Sent): Promise<string> {
    const isGivenUp = this.clock.nowMs() - alert.firstTriedAt.getTime() > KEEP_TRYING_MS;
    const state = error === null ? 'sent' : isGivenUp ? 'failed' : 'pending';
    await this.database.forFirm(firmId, (scope) =>
      scope.change(
        `update alerts set state = $2, last_error = $3, next_attempt_at = $4, finished_at = $5, holder = null, lease_until = null
          where id = any ($1) and holder = $6 and state = 'running'`,
        [
          alert.ids,
          state,
          error,
          state === 'pending' ? this.clock.in(backoffMs(alert.attempts + 2)) : null,
          state === 'pending' ? null : this.clock.now(),
          alert.holder,
        ],
      ),
    );
    return state;
  }
}
