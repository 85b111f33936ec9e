import { Injectable } from '@nestjs/common';
import { ChangeNotices, Clock, Database, Log } from '@matterline/platform';
import { ConnectionListeners } from './connection-listeners';
import { readConnection } from './connection-row';

const DAY_MS = 86_400_000;
/** Days before the end at which it is told, the last one first. */
const THRESHOLDS = [1, 3, 7, 14] as const;

/** Whole days left, the day begun counted; 0 once it is over. */
export function daysUntil(end: Date, nowMs: number): number {
  return Math.max(0, Math.ceil((end.getTime() - nowMs) / DAY_MS));
}

/** Which notice is due with so many days left; null when none is. */
export function thresholdOf(daysLeft: number): number | null {
  return THRESHOLDS.find((days) => daysLeft <= days) ?? null;
}

/** Smokeball's consent ends after a fixed time, whatever is done with it: told ahead, once a threshold. Source: docs/smokeball-api.md#lifetimes */
@Injectable()
export class ExpiryForecast {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly listeners: ConnectionListeners,
    private readonly changes: ChangeNotices,
    private readonly log: Log,
  ) {}

  /** Tells what is due for a firm. After a pause that skipped thresholds only the nearest is told. */
  async look(firmId: string): Promise<void> {
    await this.database.forFirm(firmId, async (scope) => {
      const row = await readConnection(scope);
      if (row?.state !== 'connected' || !row.refresh_expires_at) return;
      const expiresAt = row.refresh_expires_at;
      const daysLeft = daysUntil(expiresAt, this.clock.nowMs());
      const due = thresholdOf(daysLeft);
      if (due === null || daysLeft === 0 || isTold(row.expiry_told, due)) return;
      // The process that has the lock tells; the mark is written last, so that a crash in between does not swallow the notice.
      const [lock] = await scope.query<{ mine: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 3)) as mine',
        [`expiry/${firmId}`],
      );
      if (!lock?.mine || isTold((await readConnection(scope))?.expiry_told ?? null, due)) return;
      await this.listeners.expiring(firmId, { daysLeft, expiresAt });
      await scope.change(
        'update connections set expiry_told = $2 where firm_id = $1 and refresh_expires_at = $3 and (expiry_told is null or expiry_told > $2)',
        [firmId, due, expiresAt],
      );
      await this.changes.announce(scope, { kind: 'connection', id: firmId });
      this.log.warn('connection.expiring', { firm_id: firmId, count: daysLeft });
    });
  }
}

function isTold(told: number | null, due: number): boolean {
  return told !== null && told <= due;
}
