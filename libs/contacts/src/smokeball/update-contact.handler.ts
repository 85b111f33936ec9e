import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Firms } from '@matterline/auth';
import { FieldCipher, type FirmScope } from '@matterline/platform';
import type { Party } from '@matterline/contracts';
import type { Contact, Region } from '@matterline/smokeball-client';
import {
  ACCEPTED,
  failed,
  failureOutcome,
  type Failed,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Notice,
  type Outcome,
  setNotices,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { Parties } from '../parties';
import { ContactArrival } from './contact-arrival';
import { mergeContact } from './merge-contact';

/** Their change is seen in lookups, so the contact is read again instead of trusting the event. */
const INDEXED = new Set(['phone', 'cell', 'firstName', 'lastName', 'name']);

interface Subject {
  readonly party: Party;
  readonly agreed: Party | null;
  readonly sending: Party | null;
  readonly region: Region;
  readonly contactId: string;
}

/** The contact was deleted while its change waited for its turn; sending it now would bring it back. */
class DeletedMeanwhile extends Error {}

/** `contact.update`: what CaseHug changed follows member by member; all else stays, and nothing deleted comes back. Source: docs/contacts.md#edits. */
@Injectable()
export class UpdateContactHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'contact.update';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly parties: Parties,
    private readonly firms: Firms,
    private readonly arrival: ContactArrival,
    private readonly cipher: FieldCipher,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<Failed | null> {
    const link = await this.parties.link(scope, operation.entity_id);
    return link?.smokeball_contact_id ? null : failed('contact_failed');
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    if (!subject) return failed('internal', 'the party is gone');
    const { party, agreed, contactId } = subject;
    context.step('Read the contact as it is in Smokeball');
    const current = await context.smokeball.contacts.get(contactId, context.call);
    if (!current.ok) return failureOutcome(current.failure, 'GET', context.operation.tries_since_reset);
    if (current.data.isDeleted) return failed('link_broken');
    const merge = mergeContact({ agreed, now: party, held: current.data, region: subject.region });
    await context.tx(async (scope) => {
      await this.parties.sending(scope, party);
      await setNotices(scope, this.cipher, context.operation.id, kindNotices(party, current.data));
      // It stands there, so whoever deleted it has restored it.
      await this.parties.setLink(scope, party.id, { state: 'confirmed' });
    });
    if (!merge.replacement) {
      await context.tx((scope) => this.arrival.arrived(scope, party.id, current.data));
      return SUCCEEDED;
    }
    context.step(`Write what changed: ${merge.changed.join(', ')}`);
    const isIndexed = merge.changed.some((name) => INDEXED.has(name));
    await context.remember({ contact_id: contactId, read_to_confirm: isIndexed ? 1 : 0 });
    const { replacement } = merge;
    await context.tx((scope) => this.arrival.expectWrite(scope, contactId, replacement));
    try {
      const beforeSend = () => this.requireStanding(context);
      const answer = await context.smokeball.contacts.update(contactId, replacement, {
        ...context.call,
        beforeSend,
      });
      if (answer.ok) return ACCEPTED;
      return failureOutcome(answer.failure, 'PUT', context.operation.tries_since_reset);
    } catch (error) {
      if (!(error instanceof DeletedMeanwhile)) throw error;
      return failed('link_broken');
    }
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    if (!subject) return failed('internal', 'the party is gone');
    context.step('Look whether the change has arrived');
    const answer = await context.smokeball.contacts.get(subject.contactId, context.call);
    if (!answer.ok) return failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    if (answer.data.isDeleted) return failed('link_broken');
    const { agreed, sending, region } = subject;
    const isThere = !sending || mergeContact({ agreed, now: sending, held: answer.data, region }).replacement === null;
    if (!isThere) return waiting(0);
    await context.tx((scope) => this.arrival.arrived(scope, subject.party.id, answer.data));
    return SUCCEEDED;
  }

  async confirmedByEvent(scope: FirmScope, operation: OperationRow, resourceId: string): Promise<boolean> {
    if (operation.progress['contact_id'] !== resourceId || operation.progress['read_to_confirm'] !== 0) return false;
    await this.arrival.arrived(scope, operation.entity_id, null);
    return true;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const isGone = failure.code === 'link_broken';
    await this.parties.dropSending(scope, operation.entity_id);
    await this.arrival.giveUpWrite(scope, operation.entity_id);
    await this.parties.setLink(scope, operation.entity_id, {
      error_code: failure.code,
      ...(isGone ? { state: 'broken' } : {}),
    });
    if (isGone) await this.arrival.tellMatters(scope, operation.entity_id);
  }

  async reopened(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.parties.setLink(scope, operation.entity_id, { error_code: null });
  }

  /** Nothing can be locked in Smokeball; but an event may have told of a deletion while the change waited at the rate gate. */
  private async requireStanding(context: OperationContext): Promise<void> {
    const link = await context.tx((scope) => this.parties.link(scope, context.operation.entity_id));
    if (link?.state === 'broken') throw new DeletedMeanwhile();
  }

  private async subject(scope: FirmScope, clientId: string): Promise<Subject | null> {
    const party = await this.parties.get(scope, clientId);
    const link = await this.parties.link(scope, clientId);
    if (!party || !link?.smokeball_contact_id) return null;
    return {
      party,
      ...(await this.parties.agreed(scope, clientId)),
      region: (await this.firms.read(scope)).region,
      contactId: link.smokeball_contact_id,
    };
  }
}

/** A trust or a group is what its people in Smokeball made of it; between a person and a company CaseHug's word would count. */
function kindNotices(party: Party, held: Contact): Notice[] {
  const isOther = party.company_name ? held.person != null : held.company != null;
  return isOther ? [{ code: 'kind_stays' }] : [];
}
