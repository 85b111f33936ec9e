import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NO_TAGS, tagChanges, tagsAfter, type HeldTag, type OurTags } from '@matterline/contacts';
import { type FirmScope } from '@matterline/platform';
import {
  ACCEPTED,
  failed,
  type Failed,
  failureOutcome,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { MatterStore } from '../matters/matter-store';
import { SentMatters } from '../matters/sent-matters';
import { MatterArrival } from './matter-arrival';

interface Subject {
  readonly matterId: string;
  readonly smokeballId: string;
  readonly wished: readonly string[];
  readonly ours: OurTags;
  /** Nothing of ours has been sent yet, to a matter that we made: nobody's tags can be in the way. */
  readonly isFirst: boolean;
}

/** `matter.tags`: CaseHug's tags stand on the Smokeball matter too. Staff tags and those of Smokeball's users are left alone. */
@Injectable()
export class TagMatterHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'matter.tags';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly store: MatterStore,
    private readonly sent: SentMatters,
    private readonly arrival: MatterArrival,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<Failed | null> {
    const matter = await this.store.find(scope, operation.entity_id);
    if (matter?.link.state === 'broken') return failed('link_broken');
    return matter?.link.smokeball_matter_id && matter.link.state === 'confirmed' ? null : failed('matter_not_linked');
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    if (!subject) return failed('matter_not_linked');
    const held = subject.isFirst ? [] : await this.held(context, subject.smokeballId);
    if ('kind' in held) return held;
    const changes = tagChanges(subject.wished, held, subject.ours);
    // Before anything leaves: a process that dies behind it knows what may be ours.
    await this.remember(context, subject, changes.before, false);
    if (changes.add.length + changes.remove.length > 0)
      await context.tx((scope) => this.arrival.expectTags(scope, subject.smokeballId, tagsAfter(held, changes)));
    const refused = await this.send(context, subject.smokeballId, changes);
    if (refused) return refused;
    const isOver = changes.remove.length === 0;
    await context.remember({ removed: changes.remove.map(({ id }) => id).join() });
    await this.remember(context, subject, isOver ? changes.after : changes.before, isOver);
    return isOver ? SUCCEEDED : ACCEPTED;
  }

  /** Taking off is accepted and done later; adding is done at once. */
  async confirm(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    if (!subject) return failed('matter_not_linked');
    const held = await this.held(context, subject.smokeballId);
    if ('kind' in held) return held;
    const changes = tagChanges(subject.wished, held, subject.ours);
    const removed = String(context.progress['removed'] ?? '').split(',');
    if (held.some(({ id }) => id !== undefined && removed.includes(id))) return waiting(0);
    // Edited in CaseHug since: more is to be done than was.
    if (changes.add.length + changes.remove.length > 0) return await this.execute(context);
    await this.remember(context, subject, changes.after, true);
    return SUCCEEDED;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    if (failure.code !== 'link_broken') return;
    await this.store.setLink(scope, operation.entity_id, { state: 'broken', error_code: failure.code });
  }

  private async held(context: OperationContext, smokeballId: string): Promise<readonly HeldTag[] | Failed> {
    context.step('Read the tags that stand on the matter');
    const answer = await context.smokeball.matters.listTags(smokeballId, context.call);
    return answer.ok ? answer.data : failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
  }

  private async send(
    context: OperationContext,
    smokeballId: string,
    { add, remove }: ReturnType<typeof tagChanges>,
  ): Promise<Failed | null> {
    const tries = context.operation.tries_since_reset;
    if (add.length > 0) {
      context.step('Add the tags');
      const tags = add.map((name) => ({ name, type: 'Custom' as const }));
      const answer = await context.smokeball.matters.addTags(smokeballId, tags, context.call);
      if (!answer.ok) return failureOutcome(answer.failure, 'POST', tries);
    }
    for (const { id } of remove) {
      context.step('Take a tag off that CaseHug has taken off');
      const answer = await context.smokeball.matters.removeTag(smokeballId, id, context.call);
      // Somebody else was quicker.
      if (!answer.ok && answer.failure.kind !== 'not_found') return failureOutcome(answer.failure, 'DELETE', tries);
    }
    return null;
  }

  private async subject(scope: FirmScope, matterId: string): Promise<Subject | null> {
    const matter = await this.store.find(scope, matterId);
    if (!matter?.link.smokeball_matter_id) return null;
    const sent = this.sent.openTags(scope.firmId, matterId, matter.link.tags_enc);
    const smokeballId = matter.link.smokeball_matter_id;
    const isUntouched = sent === null && matter.link.sent_enc !== null;
    return {
      matterId,
      smokeballId,
      wished: matter.picture.tags,
      ours: sent?.ours ?? NO_TAGS,
      isFirst: isUntouched && !(await this.arrival.hasSeenTags(scope, smokeballId)),
    };
  }

  private async remember(
    context: OperationContext,
    { matterId, smokeballId, wished }: Subject,
    ours: OurTags,
    isOver: boolean,
  ): Promise<void> {
    await context.tx(async (scope) => {
      const tags_enc = this.sent.sealTags(scope.firmId, matterId, { ours, wished: isOver ? wished : null });
      await this.store.setLink(scope, matterId, { tags_enc });
      if (isOver) await this.arrival.standing(scope, smokeballId);
    });
  }
}
