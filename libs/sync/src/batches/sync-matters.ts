import { Injectable } from '@nestjs/common';
import type { SyncRequest, SyncStart } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Clock, Database, type FirmScope, newId, SearchHasher } from '@matterline/platform';
import { MatterPlanner } from './matter-planner';

const FILTER_MAX = 10_000;

/** `POST …/sync`: the set is fixed when the request is accepted. One matter by hand goes in the person's lane, more in bulk. */
@Injectable()
export class SyncMatters {
  constructor(
    private readonly database: Database,
    private readonly planner: MatterPlanner,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly hasher: SearchHasher,
  ) {}

  async run(firmId: string, request: SyncRequest, actor: string): Promise<SyncStart> {
    return await this.database.forFirm(firmId, async (scope) => {
      const matterIds = await this.matterIds(scope, request);
      const batchId = newId('bat');
      const skipped: SyncStart['skipped'][number][] = [];
      let accepted = 0;
      for (const matterId of matterIds) {
        const trigger = matterIds.length === 1 ? 'manual' : 'bulk';
        const plan = await this.planner.plan(scope, {
          matterId,
          trigger,
          batchId: request.dry_run ? null : batchId,
          dryRun: request.dry_run,
        });
        if ('skipped' in plan) skipped.push({ matter_id: matterId, reason: plan.skipped });
        else accepted += 1;
      }
      if (request.dry_run) return { batch_id: null, accepted, skipped };
      await scope.change(
        'insert into batches (id, firm_id, kind, total, skipped, created_at) values ($1, $2, $3, $4, $5, $6)',
        [batchId, firmId, 'sync', accepted, JSON.stringify(skipped), this.clock.now()],
      );
      await this.audit.record(scope, {
        actor,
        action: 'sync.request',
        subject: `batch:${batchId}`,
        detail: { accepted, skipped: skipped.length },
      });
      return { batch_id: batchId, accepted, skipped };
    });
  }

  private async matterIds(scope: FirmScope, request: SyncRequest): Promise<string[]> {
    if (request.matter_ids) return [...new Set(request.matter_ids)];
    const rows = await scope.query<{ matter_id: string }>(
      `select m.matter_id from matters m join matter_links l using (firm_id, matter_id)
        where m.firm_id = $1 and ($2::text is null or l.state = $2) and m.search @> $3::bytea[] order by m.created_at limit ${FILTER_MAX}`,
      [
        scope.firmId,
        request.filter?.state ?? null,
        request.filter?.q ? this.hasher.question(scope.firmId, request.filter.q) : [],
      ],
    );
    return rows.map((row) => row.matter_id);
  }
}
