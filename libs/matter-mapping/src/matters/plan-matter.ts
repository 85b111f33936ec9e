import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { OperationTrigger } from '@matterline/contracts';
import { foldTag, Parties } from '@matterline/contacts';
import { Firms } from '@matterline/auth';
import { ChangeNotices, type FirmScope } from '@matterline/platform';
import { MatterPlanner, Operations, type Plan, type PlanRequest } from '@matterline/sync';
import { MatterStore, type StoredMatter } from './matter-store';
import { SentMatters } from './sent-matters';

interface Enqueued {
  readonly trigger: OperationTrigger;
  readonly batchId?: string | null;
}

/** After a change of staff; what is beyond is found by its next edit. */
const LACKING_MAX = 500;

/** Decides what it takes to bring a matter into Smokeball, and writes the operations down. */
@Injectable()
export class PlanMatter implements OnModuleInit {
  constructor(
    private readonly planner: MatterPlanner,
    private readonly store: MatterStore,
    private readonly sent: SentMatters,
    private readonly parties: Parties,
    private readonly operations: Operations,
    private readonly firms: Firms,
    private readonly changes: ChangeNotices,
  ) {}

  onModuleInit(): void {
    this.planner.register((scope, request) => this.plan(scope, request));
  }

  async plan(scope: FirmScope, request: PlanRequest): Promise<Plan> {
    const matter = await this.store.lock(scope, request.matterId);
    if (!matter) return { skipped: 'not_found' };
    if (matter.link.state === 'broken' || matter.link.state === 'unlinked') return { skipped: matter.link.state };
    const isLinked = matter.link.smokeball_matter_id !== null && matter.link.state === 'confirmed';
    // One that stands in Smokeball keeps the clients it has there.
    if (matter.picture.clients.length === 0 && !isLinked) {
      if (!request.dryRun && !matter.link.smokeball_matter_id) await this.waitForClient(scope, matter);
      return { skipped: 'waiting_for_client' };
    }
    if (request.dryRun) return { operations: 1 };
    await this.planParties(scope, matter, request);
    if (isLinked) {
      const { operations } = await this.planUpdate(scope, matter, request);
      return { operations: operations + (await this.planTags(scope, matter, request)) };
    }
    const { isNew } = await this.enqueue(scope, matter, 'matter.push', request);
    if (!matter.link.smokeball_matter_id)
      await this.store.setLink(scope, matter.matterId, { state: 'pending', error_code: null, error_detail_enc: null });
    await this.changes.announce(scope, { kind: 'matter', id: matter.matterId });
    return { operations: isNew ? 1 : 0 };
  }

  /** Tags go out by themselves, after the matter. @returns how many operations that makes */
  async planTags(scope: FirmScope, matter: StoredMatter, request: Enqueued): Promise<number> {
    const sent = this.sent.openTags(scope.firmId, matter.matterId, matter.link.tags_enc);
    const names = (tags: readonly string[]) => [...new Set(tags.map(foldTag).filter(Boolean))].sort().join('\n');
    const isSent =
      sent === null
        ? matter.picture.tags.length === 0
        : sent.wished !== null && names(sent.wished) === names(matter.picture.tags);
    if (isSent) return 0;
    const { isNew } = await this.enqueue(scope, matter, 'matter.tags', request);
    return isNew ? 1 : 0;
  }

  /** The firm's staff has changed: linked matters that lack an attorney are compared anew. @returns how many */
  async planLacking(scope: FirmScope): Promise<number> {
    const { settings } = await this.firms.read(scope);
    if (!settings.auto_sync_updates) return 0;
    const rows = await scope.query<{ matter_id: string }>(
      `select matter_id from matter_links where firm_id = $1 and lacks_attorney and state = 'confirmed' order by matter_id limit ${LACKING_MAX}`,
      [scope.firmId],
    );
    for (const { matter_id: matterId } of rows) {
      const matter = await this.store.lock(scope, matterId);
      if (matter) await this.enqueue(scope, matter, 'matter.update', { trigger: 'auto' });
    }
    return rows.length;
  }

  private async waitForClient(scope: FirmScope, matter: StoredMatter): Promise<void> {
    await this.store.setLink(scope, matter.matterId, {
      state: 'waiting_for_client',
      error_code: 'waiting_for_client',
      error_detail_enc: null,
    });
    await this.changes.announce(scope, { kind: 'matter', id: matter.matterId });
  }

  /** Each party that has no contact yet gets one; a linked one whose data changed follows. */
  private async planParties(scope: FirmScope, matter: StoredMatter, request: PlanRequest): Promise<void> {
    for (const party of [...matter.picture.clients, ...matter.picture.other_sides]) {
      const link = await this.parties.link(scope, party.id);
      const isLinked = link?.smokeball_contact_id != null && link.state === 'confirmed';
      const isSent = link?.sent_hash?.equals(this.parties.digest(scope.firmId, party)) ?? false;
      if (isLinked && isSent) continue;
      const kind = isLinked ? 'contact.update' : 'contact.push';
      await this.operations.enqueue(scope, {
        kind,
        subject: `contact:${party.id}`,
        matterId: matter.matterId,
        entityType: 'contact',
        entityId: party.id,
        trigger: request.trigger,
        batchId: request.batchId,
      });
      if (!isLinked && link?.state !== 'accepted')
        await this.parties.setLink(scope, party.id, { state: 'pending', error_code: null });
    }
  }

  private async planUpdate(
    scope: FirmScope,
    matter: StoredMatter,
    request: PlanRequest,
  ): Promise<{ operations: number }> {
    const { settings } = await this.firms.read(scope);
    if (matter.link.sent_hash?.equals(this.store.sentDigest(scope.firmId, matter.picture, settings)) ?? false)
      return { operations: 0 };
    const { isNew } = await this.enqueue(scope, matter, 'matter.update', request);
    return { operations: isNew ? 1 : 0 };
  }

  private async enqueue(
    scope: FirmScope,
    matter: StoredMatter,
    kind: 'matter.push' | 'matter.update' | 'matter.tags',
    request: Enqueued,
  ) {
    return await this.operations.enqueue(scope, {
      kind,
      subject: `matter:${matter.matterId}`,
      matterId: matter.matterId,
      entityType: 'matter',
      entityId: matter.matterId,
      trigger: request.trigger,
      batchId: request.batchId,
    });
  }
}
