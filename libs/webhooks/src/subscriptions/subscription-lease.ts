import { Injectable } from '@nestjs/common';
import { type ConnectionRow, readConnection } from '@matterline/auth';
import { Clock, Database, newId } from '@matterline/platform';

/** A look ends before this by itself (`LOOK_MS`), so a lease that runs out belongs to a process that died. */
const LEASE_MS = 90_000;

/** Thrown when another process has taken over: somebody connected meanwhile. */
export class LostLease extends Error {}

/** One process at a time looks after a firm's registration; a sign-in takes the lease away from a look under way. */
@Injectable()
export class SubscriptionLease {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` with the connection as it is now. @returns null when another process holds the lease. */
  async hold<T>(firmId: string, work: (row: ConnectionRow, lease: string) => Promise<T>): Promise<T | null> {
    const lease = newId('lease');
    const row = await this.database.forFirm(firmId, async (scope) => {
      const taken = await scope.change(
        `update connections set hook_lease = $2, hook_lease_until = $3
          where firm_id = $1 and (hook_lease_until is null or hook_lease_until <= $4)`,
        [firmId, lease, this.clock.in(LEASE_MS), this.clock.now()],
      );
      return taken > 0 ? await readConnection(scope) : null;
    });
    if (!row) return null;
    try {
      return await work(row, lease);
    } finally {
      await this.change(firmId, lease, 'hook_lease = null, hook_lease_until = null');
    }
  }

  /** Writes to the connection if the lease is still held. @throws LostLease */
  async write(firmId: string, lease: string, sets: string, values: readonly unknown[] = []): Promise<void> {
    if ((await this.change(firmId, lease, sets, values)) === 0) throw new LostLease();
  }

  private async change(firmId: string, lease: string, sets: string, values: readonly unknown[] = []): Promise<number> {
    return await this.database.forFirm(firmId, (scope) =>
      scope.change(`update connections set ${sets} where firm_id = $1 and hook_lease = $2`, [firmId, lease, ...values]),
    );
  }
}
