import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, type FirmScope } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import {
  ACCEPTED,
  createOnce,
  failed,
  failureBefore,
  failureOutcome,
  type Failed,
  isOutcome,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { type ContactLink, Parties } from '../parties';
import { ContactReviews } from '../reviews/contact-reviews';
import { ContactArrival } from './contact-arrival';
import { toContactWrite } from './contact-mapper';
import { MatchContact } from './match-contact';
import { lookForOwn } from './own-contact';
import { PushSubjects, type PushSubject } from './push-subject';

/** Another client with the same address is put in first, so that its contact is found and not doubled. */
const TWIN_FIRST_MS = 1_000;

/** `contact.push`: finds the party's contact in Smokeball, asks a person where that is unsure, or creates it, once. */
@Injectable()
export class PushContactHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'contact.push';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly parties: Parties,
    private readonly subjects: PushSubjects,
    private readonly matching: MatchContact,
    private readonly arrival: ContactArrival,
    private readonly reviews: ContactReviews,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<{ waitMs: number } | null> {
    const isSecond = await this.parties.isTwinUnderWay(scope, operation.entity_id, operation.position);
    return isSecond ? { waitMs: TWIN_FIRST_MS } : null;
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subjects.read(scope, context.operation.entity_id));
    if (!subject) return failed('internal', 'the party is gone');
    const { link, party } = subject;
    if (link?.smokeball_contact_id && link.state === 'confirmed') return SUCCEEDED;

    const isBegun = context.progress['contact_sent_at'] != null || context.progress['contact_id'] != null;
    if (!isBegun) {
      const matched = await this.match(context, subject);
      if (matched) return matched;
    }
    const made = await createOnce(context, this.clock, {
      name: 'contact',
      look: () => lookForOwn(context, party),
      create: async (beforeSend) => {
        context.step('Create the contact in Smokeball');
        await context.tx((scope) => this.parties.sending(scope, party));
        const answer = await context.smokeball.contacts.create(toContactWrite(party, subject.region), {
          ...context.call,
          beforeSend,
        });
        return answer.ok ? { ...answer, data: { id: answer.data.id } } : answer;
      },
      idOf: (contact) => contact.id,
    });
    if (isOutcome(made)) return made;
    await context.tx(async (scope) => {
      await this.arrival.expectWrite(scope, made.id, toContactWrite(party, subject.region));
      await this.parties.setLink(scope, party.id, {
        state: 'accepted',
        account_id: subject.accountId,
        smokeball_contact_id: made.id,
        error_code: null,
        how: 'created',
      });
    });
    return ACCEPTED;
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    const id = context.progress['contact_id'];
    if (typeof id !== 'string') return failed('internal', 'accepted without an id');
    context.step('Look whether the contact has arrived');
    const answer = await context.smokeball.contacts.get(id, context.call);
    if (!answer.ok)
      return answer.failure.kind === 'not_found'
        ? waiting(0)
        : failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    if (answer.data.isDeleted) return failed('link_broken');
    await context.tx((scope) => this.arrival.arrived(scope, context.operation.entity_id, answer.data));
    return SUCCEEDED;
  }

  async confirmedByEvent(scope: FirmScope, operation: OperationRow, resourceId: string): Promise<boolean> {
    if (operation.progress['contact_id'] !== resourceId) return false;
    const subject = await this.subjects.read(scope, operation.entity_id);
    if (!subject) return false;
    const { sending } = await this.parties.agreed(scope, operation.entity_id);
    const written = toContactWrite(sending ?? subject.party, subject.region);
    await this.arrival.arrived(scope, operation.entity_id, asWritten(resourceId, written));
    return true;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const isGone = failure.code === 'refused_later';
    if (isGone) await this.forget(scope, operation);
    await this.parties.setLink(scope, operation.entity_id, {
      state: stateAfter(failure.code),
      error_code: failure.code,
      ...(isGone ? { smokeball_contact_id: null } : {}),
    });
    await this.arrival.tellMatters(scope, operation.entity_id);
  }

  async reopened(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.parties.setLink(scope, operation.entity_id, { state: 'pending', error_code: null });
  }

  async cancelled(scope: FirmScope, operation: OperationRow): Promise<void> {
    const before = failureBefore(operation);
    await this.parties.setLink(scope, operation.entity_id, {
      state: before === null ? 'not_synced' : stateAfter(before),
      error_code: before,
    });
    if (before === 'contact_ambiguous') await this.reviews.undecide(scope, operation.entity_id);
  }

  private async forget(scope: FirmScope, { id, entity_id: clientId }: OperationRow): Promise<void> {
    await scope.change(`update operations set progress = '{}' where id = $1`, [id]);
    await this.parties.dropSending(scope, clientId);
  }

  /** Null when nobody is there and the contact is to be created. */
  private async match(context: OperationContext, subject: PushSubject): Promise<Outcome | null> {
    const decision = await context.tx((scope) => this.reviews.decision(scope, subject.party.id));
    if (decision?.kind === 'create') return null;
    const known = decision?.contactId ?? subject.link?.smokeball_contact_id;
    if (known) return await this.linkKnown(context, subject, known, decision !== null);
    return await this.matching.match(context, subject);
  }

  /** The stored link, or the contact that a person chose, as it stands in Smokeball now. A deleted one is never brought back. */
  private async linkKnown(
    context: OperationContext,
    subject: PushSubject,
    contactId: string,
    decided: boolean,
  ): Promise<Outcome> {
    context.step('Read the linked contact');
    const answer = await context.smokeball.contacts.get(contactId, context.call);
    if (!answer.ok && answer.failure.kind !== 'not_found')
      return failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    if (answer.ok && !answer.data.isDeleted) {
      const how = decided ? 'person' : (subject.link?.how ?? null);
      await context.tx((scope) => this.matching.link(scope, subject, answer.data, how));
      return SUCCEEDED;
    }
    if (decided) await context.tx((scope) => this.reviews.undecide(scope, subject.party.id));
    const asked = await this.matching.askWhereItWent(context, subject);
    const isAsked = asked.kind === 'failed' && asked.code === 'contact_ambiguous';
    return isAsked && !decided ? failed('link_broken') : asked;
  }
}

function stateAfter(code: Failed['code']): ContactLink['state'] {
  if (code === 'contact_ambiguous') return 'needs_review';
  return code === 'link_broken' ? 'broken' : 'failed';
}

/** What we wrote, as a contact: enough for the phone index until the contact is read. */
function asWritten(id: string, written: ReturnType<typeof toContactWrite>): Contact {
  const json = JSON.parse(JSON.stringify(written)) as Pick<Contact, 'person' | 'company' | 'externalSystemId'>;
  return { ...json, id, isDeleted: false, tags: [] };
}
