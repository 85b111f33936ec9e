import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { OperationKind, OperationTrigger, Party } from '@matterline/contracts';
import { Firms } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import { MatterPlanner, Operations, type Plan, type PlanRequest } from '@matterline/sync';
import { Parties } from '../parties';
import { OurContactTags } from '../tags/our-tags';

interface Cause {
  readonly matterId: string | null;
  readonly trigger: OperationTrigger;
  readonly batchId?: string | null;
}

/** What follows of a client's later edits once their contact is known: changed members, then tags. */
@Injectable()
export class ContactPlans implements OnModuleInit {
  constructor(
    private readonly planner: MatterPlanner,
    private readonly parties: Parties,
    private readonly tags: OurContactTags,
    private readonly operations: Operations,
    private readonly firms: Firms,
  ) {}

  onModuleInit(): void {
    this.planner.registerPart((scope, request) => this.ofMatter(scope, request));
  }

  /** The tags of a matter's clients; the clients themselves come with the matter. */
  private async ofMatter(scope: FirmScope, { matterId, trigger, batchId, dryRun }: PlanRequest): Promise<Plan> {
    let operations = 0;
    for (const party of await this.parties.ofMatter(scope, matterId)) {
      if (!(await this.areTagsDue(scope, party))) continue;
      const isNew = dryRun ? true : await this.enqueue(scope, 'contact.tags', party.id, { matterId, trigger, batchId });
      operations += isNew ? 1 : 0;
    }
    return { operations };
  }

  /** The contact has just been found, created or changed: what CaseHug said meanwhile follows. */
  async followUp(scope: FirmScope, party: Party): Promise<void> {
    const [matterId] = await this.parties.mattersOf(scope, party.id);
    const cause = { matterId: matterId ?? null, trigger: 'auto' } as const;
    const link = await this.parties.link(scope, party.id);
    const { settings } = await this.firms.read(scope);
    const isEdited = link?.sent_hash != null && !link.sent_hash.equals(this.parties.digest(scope.firmId, party));
    if (settings.auto_sync_updates && isEdited) await this.enqueue(scope, 'contact.update', party.id, cause);
    if (await this.areTagsDue(scope, party)) await this.enqueue(scope, 'contact.tags', party.id, cause);
  }

  private async areTagsDue(scope: FirmScope, party: Party): Promise<boolean> {
    const link = await this.parties.link(scope, party.id);
    return link?.state === 'confirmed' && (await this.tags.isDue(scope, party));
  }

  private async enqueue(scope: FirmScope, kind: OperationKind, clientId: string, cause: Cause): Promise<boolean> {
    const { isNew } = await this.operations.enqueue(scope, {
      kind,
      subject: `contact:${clientId}`,
      matterId: cause.matterId,
      entityType: 'contact',
      entityId: clientId,
      trigger: cause.trigger,
      batchId: cause.batchId,
    });
    return isNew;
  }
}
