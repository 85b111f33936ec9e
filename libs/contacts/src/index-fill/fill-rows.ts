import { Injectable } from '@nestjs/common';
import type { ContactIndex } from '@matterline/contracts';
import { readConnection } from '@matterline/auth';
import { ChangeNotices, Clock, Database, type FirmScope, newId } from '@matterline/platform';
import { PhoneIndex } from '../phone-index';
import type { FillPlace } from './next-place';

/** A page is read and stored well within this; what a dead process held is free afterwards. */
const LEASE_MS = 120_000;
/** Events keep the index; the daily reading finds what lost events have missed. */
const AGAIN_MS = 24 * 3600 * 1000;
/** Lists lag behind by seconds; ticks of ten minutes are certainly enough. */
const OVERLAP_TICKS = 10n * 60n * 10_000_000n;

export interface Fill extends FillPlace {
  readonly accountId: string;
  readonly leaseId: string;
  /** When the account's contacts were first read: whatever is newer is news, which events bring. */
  readonly startedAt: Date;
  readonly tries: number;
}

interface Row {
  readonly account_id: string;
  readonly started_at: Date;
  readonly since: string;
  readonly skip: number;
  readonly tries: number;
}

/** How far the phone index of each firm's account is read. */
@Injectable()
export class IndexFillRows {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly index: PhoneIndex,
    private readonly changes: ChangeNotices,
  ) {}

  /** Takes the firm's reading into this process's hands; null when another has it or nothing is due. */
  async claim(firmId: string): Promise<Fill | null> {
    return await this.database.forFirm(firmId, async (scope) => {
      const connection = await readConnection(scope);
      if (connection?.state !== 'connected' || !connection.account_id) return null;
      const now = this.clock.now();
      await scope.change(
        `insert into contact_fills (firm_id, account_id, state, started_at, next_at) values ($1, $2, 'filling', $3, $3) on conflict do nothing`,
        [firmId, connection.account_id, now],
      );
      const leaseId = newId('fil');
      const row = await scope.one<Row>(
        `update contact_fills set lease_id = $3, lease_until = $4 where firm_id = $1 and account_id = $2 and next_at <= $5
           and (lease_until is null or lease_until <= $5) returning account_id, started_at, since::text, skip, tries`,
        [firmId, connection.account_id, leaseId, this.clock.in(LEASE_MS), now],
      );
      if (!row) return null;
      const { account_id: accountId, started_at: startedAt, skip, tries } = row;
      return { accountId, startedAt, since: BigInt(row.since), skip, tries, leaseId };
    });
  }

  /** Events may have been lost while the firm was not connected. */
  async wake(firmId: string): Promise<void> {
    await this.database.forFirm(firmId, (scope) =>
      scope.change('update contact_fills set next_at = $2 where firm_id = $1', [firmId, this.clock.now()]),
    );
  }

  /** A page is stored: on from here. @returns false when the reading is not ours any more; nothing may then be written. */
  async advance(scope: FirmScope, fill: Fill, next: FillPlace, count: number, total: number): Promise<boolean> {
    const kept = await scope.change(
      `update contact_fills set since = $4, skip = $5, lease_until = $6, tries = 0,
         read = case when state = 'filling' then read + $7 else read end, total = case when state = 'filling' then greatest(total, $8::int) else total end
        where firm_id = $1 and account_id = $2 and lease_id = $3`,
      [
        scope.firmId,
        fill.accountId,
        fill.leaseId,
        String(next.since),
        next.skip,
        this.clock.in(LEASE_MS),
        count,
        total,
      ],
    );
    await this.told(scope);
    return kept > 0;
  }

  async finish(scope: FirmScope, fill: Fill, place: FillPlace): Promise<void> {
    const since = place.since > OVERLAP_TICKS ? place.since - OVERLAP_TICKS : 0n;
    await scope.change(
      `update contact_fills set state = 'filled', filled_at = $4, next_at = $5, since = $6, skip = 0, tries = 0, lease_id = null, lease_until = null
        where firm_id = $1 and account_id = $2 and lease_id = $3`,
      [scope.firmId, fill.accountId, fill.leaseId, this.clock.now(), this.clock.in(AGAIN_MS), String(since)],
    );
    await this.told(scope);
  }

  /** Smokeball is away or busy: later again, from the same place. */
  async putDown(firmId: string, fill: Fill, waitMs: number): Promise<void> {
    await this.database.forFirm(firmId, (scope) =>
      scope.change(
        `update contact_fills set tries = tries + 1, next_at = $4, lease_id = null, lease_until = null
          where firm_id = $1 and account_id = $2 and lease_id = $3`,
        [firmId, fill.accountId, fill.leaseId, this.clock.in(waitMs)],
      ),
    );
  }

  async view(firmId: string): Promise<ContactIndex> {
    return await this.database.forFirm(firmId, async (scope) => {
      const connection = await readConnection(scope);
      const row = await scope.one<{
        state: 'filling' | 'filled';
        read: number;
        total: number | null;
        filled_at: Date | null;
      }>('select state, read, total, filled_at from contact_fills where firm_id = $1 and account_id = $2', [
        firmId,
        connection?.account_id ?? '',
      ]);
      return {
        state: row?.state ?? 'not_started',
        read: row?.read ?? 0,
        total: row?.total ?? null,
        known: await this.index.size(scope),
        filled_at: row?.filled_at?.toISOString() ?? null,
      };
    });
  }

  private async told(scope: FirmScope): Promise<void> {
    await this.changes.announce(scope, { kind: 'connection', id: scope.firmId });
  }
}
