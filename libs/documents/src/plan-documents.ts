import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import { MatterPlanner, Operations, type Plan, type PlanRequest } from '@matterline/sync';
import { DocumentStore } from './document-store';

/** Approved documents that Smokeball does not have yet go along whenever their matter is synced. */
@Injectable()
export class PlanDocuments implements OnModuleInit {
  constructor(
    private readonly planner: MatterPlanner,
    private readonly store: DocumentStore,
    private readonly operations: Operations,
  ) {}

  onModuleInit(): void {
    this.planner.registerPart((scope, request) => this.plan(scope, request));
  }

  private async plan(scope: FirmScope, { matterId, trigger, batchId, dryRun }: PlanRequest): Promise<Plan> {
    const unsent = await this.store.unsent(scope, matterId);
    if (dryRun) return { operations: unsent.length };
    let operations = 0;
    for (const { upload_id: uploadId, state } of unsent) {
      const { isNew } = await this.operations.enqueue(scope, {
        kind: 'document.push',
        subject: `matter:${matterId}`,
        matterId,
        entityType: 'document',
        entityId: uploadId,
        trigger,
        batchId,
      });
      if (isNew) operations += 1;
      if (state === 'received' || state === 'failed')
        await this.store.change(scope, uploadId, { state: 'pending', error_code: null });
    }
    return { operations };
  }
}
