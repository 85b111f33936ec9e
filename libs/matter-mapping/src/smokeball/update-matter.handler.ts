import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { OperationErrorCode } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';
import {
  ACCEPTED,
  failed,
  type Failed,
  failureOutcome,
  type Notice,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { type Comparison, CompareMatter, isComparison } from './compare-matter';
import { isOnlyClearing } from './matter-changes';
import { refusalOf, worded } from './matter-refusal';
import { PartyContacts } from './party-contacts';
import { UpdateRecords } from './update-records';

/** Nobody says whether a PATCH can take a value away; one that has not gone by then is told of, and no failure. */
const CLEARED_WITHIN_MS = 20_000;

/** `matter.update`: a later edit in CaseHug follows by PATCH, field by field, and nothing else changes. */
@Injectable()
export class UpdateMatterHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'matter.update';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly contacts: PartyContacts,
    private readonly compare: CompareMatter,
    private readonly records: UpdateRecords,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<{ waitMs: number } | Failed | null> {
    const matter = await this.records.store.find(scope, operation.entity_id);
    if (!matter?.link.smokeball_matter_id) return failed('matter_not_linked');
    if (matter.link.state === 'broken') return failed('link_broken');
    return await this.contacts.obstacle(scope, [...matter.picture.clients, ...matter.picture.other_sides]);
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const read = await this.compare.compare(context);
    if (!isComparison(read)) return read;
    if (Object.keys(read.changes.patch).length > 0) return await this.write(context, read);
    return await this.settle(context, read);
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    const read = await this.compare.compare(context);
    if (!isComparison(read)) return read;
    const { patch } = read.changes;
    if (Object.keys(patch).length === 0) return await this.settle(context, read);
    // Edited in CaseHug since: what was written is not what is wished any more.
    if (context.progress['picture'] !== read.picture) return await this.write(context, read);
    const waitedMs = this.records.clock.nowMs() - (context.operation.accepted_at?.getTime() ?? 0);
    if (!isOnlyClearing(patch) || waitedMs < CLEARED_WITHIN_MS) return waiting(0);
    return await this.settle(context, read, [{ code: 'not_cleared' }]);
  }

  /** Smokeball says that our change is there: it is looked at now, for its new title and number too, and not in a while. */
  async confirmedByEvent(scope: FirmScope, operation: OperationRow, resourceId: string): Promise<boolean> {
    await this.records.lookNow(scope, operation, resourceId);
    return false;
  }

  refusal(message: string): OperationErrorCode | null {
    return refusalOf(message);
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    await this.records.failed(scope, operation, failure);
  }

  async reopened(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.records.store.setLink(scope, operation.entity_id, { error_code: null, error_detail_enc: null });
  }

  private async write(context: OperationContext, read: Comparison): Promise<Outcome> {
    context.step('Write the changed fields');
    await context.tx((scope) => this.records.sending(scope, context.operation, read));
    const { current, changes } = read;
    // What is left out may read as false and convert a lead (docs/smokeball-api.md#matters).
    const isLead = current.isLead && changes.patch.isLead !== false;
    const answer = await context.smokeball.matters.patch(current.id, { ...changes.patch, isLead }, context.call);
    if (!answer.ok) return worded(failureOutcome(answer.failure, 'PATCH', context.operation.tries_since_reset));
    await context.remember({
      picture: read.picture,
      ...(current.isLead && !isLead ? { converted_role: read.convertTo?.role ?? null } : {}),
    });
    return ACCEPTED;
  }

  /** Smokeball holds what CaseHug wishes. */
  private async settle(context: OperationContext, read: Comparison, more: readonly Notice[] = []): Promise<Outcome> {
    const role = context.progress['converted_role'];
    await context.tx((scope) =>
      this.records.settled(scope, context.operation, read, {
        notices: [...read.notices, ...more],
        convertedRole: typeof role === 'string' && !read.current.isLead ? role : null,
      }),
    );
    return SUCCEEDED;
  }
}
