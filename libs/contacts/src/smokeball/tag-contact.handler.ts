import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
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
import { Parties } from '../parties';
import { OurContactTags } from '../tags/our-tags';
import { type HeldTag, NO_TAGS, type OurTags, tagChanges } from '../tags/tag-changes';
import { ContactArrival } from './contact-arrival';

const BETWEEN_IDS = ' ';

interface Subject {
  readonly contactId: string;
  readonly wished: readonly string[];
  readonly ours: OurTags | null;
  /** Made by us and never tagged: nothing can stand there that we would have to spare. */
  readonly isFresh: boolean;
}

/** `contact.tags`: CaseHug's tags join the contact's own; taken off are only those that came from here. Source: docs/contacts.md#tags. */
@Injectable()
export class TagContactHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'contact.tags';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly parties: Parties,
    private readonly tags: OurContactTags,
    private readonly arrival: ContactArrival,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<Failed | null> {
    const link = await this.parties.link(scope, operation.entity_id);
    if (link?.state === 'broken') return failed('link_broken');
    return link?.smokeball_contact_id && link.state === 'confirmed' ? null : failed('contact_failed');
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const clientId = context.operation.entity_id;
    const subject = await context.tx((scope) => this.subject(scope, clientId));
    if (!subject) return failed('internal', 'the party is gone');
    const { contactId, wished, ours } = subject;
    let held: readonly HeldTag[] = [];
    if (!subject.isFresh) {
      context.step('Read the contact’s tags');
      const answer = await context.smokeball.contacts.listTags(contactId, context.call);
      if (!answer.ok) return this.failure(context, answer.failure, 'GET');
      held = answer.data;
    }
    const changes = tagChanges(wished, held, ours ?? NO_TAGS);
    await context.tx(async (scope) => {
      await this.tags.write(scope, clientId, changes.before);
      await this.arrival.expectTags(scope, contactId, held, changes);
    });
    if (changes.add.length > 0) {
      context.step('Add the tags');
      const answer = await context.smokeball.contacts.addTags(contactId, changes.add, context.call);
      if (!answer.ok) return this.failure(context, answer.failure, 'POST');
    }
    for (const { id } of changes.remove) {
      context.step('Take off a tag that CaseHug removed');
      const answer = await context.smokeball.contacts.removeTag(contactId, id, context.call);
      if (!answer.ok && answer.failure.kind !== 'not_found') return this.failure(context, answer.failure, 'DELETE');
    }
    if (changes.remove.length > 0) {
      await context.remember({ removed: changes.remove.map(({ id }) => id).join(BETWEEN_IDS) });
      return ACCEPTED;
    }
    await context.tx((scope) => this.settle(scope, subject, clientId, changes.after));
    return SUCCEEDED;
  }

  /** Taking off is accepted first and done later. */
  async confirm(context: OperationContext): Promise<Outcome> {
    const clientId = context.operation.entity_id;
    const subject = await context.tx((scope) => this.subject(scope, clientId));
    if (!subject) return failed('internal', 'the party is gone');
    context.step('Look whether the tags are off');
    const answer = await context.smokeball.contacts.listTags(subject.contactId, context.call);
    if (!answer.ok) return this.failure(context, answer.failure, 'GET');
    const removed = String(context.progress['removed'] ?? '').split(BETWEEN_IDS);
    if (answer.data.some((tag) => tag.id !== undefined && removed.includes(tag.id))) return waiting(0);
    const changes = tagChanges(subject.wished, answer.data, subject.ours ?? NO_TAGS);
    const isDone = changes.add.length === 0 && changes.remove.length === 0;
    if (isDone) await context.tx((scope) => this.settle(scope, subject, clientId, changes.after));
    // CaseHug's tags changed meanwhile; their own operation is behind this one.
    else await context.tx((scope) => this.tags.write(scope, clientId, { put: changes.before.put, adding: [] }));
    return SUCCEEDED;
  }

  private async settle(
    scope: FirmScope,
    { contactId, wished }: Subject,
    clientId: string,
    ours: OurTags,
  ): Promise<void> {
    await this.tags.settle(scope, clientId, wished, ours);
    await this.arrival.settleTags(scope, contactId);
  }

  private async subject(scope: FirmScope, clientId: string): Promise<Subject | null> {
    const party = await this.parties.get(scope, clientId);
    const link = await this.parties.link(scope, clientId);
    if (!party || !link?.smokeball_contact_id) return null;
    const ours = await this.tags.read(scope, clientId);
    const contactId = link.smokeball_contact_id;
    const isUntouched = link.how === 'created' && ours === null;
    const isFresh = isUntouched && !(await this.arrival.hasSeenTags(scope, contactId));
    return { contactId, wished: party.tags ?? [], ours, isFresh };
  }

  private failure(
    context: OperationContext,
    failure: Parameters<typeof failureOutcome>[0],
    method: 'GET' | 'POST' | 'DELETE',
  ): Failed {
    return failureOutcome(failure, method, context.operation.tries_since_reset);
  }
}
