import { Injectable } from '@nestjs/common';
import type { FirmScope } from '@matterline/platform';
import type { Contact } from '@matterline/smokeball-client';
import { failed, type OperationContext, type Outcome, SUCCEEDED } from '@matterline/sync';
import { candidatesInOrder } from '../matching';
import { type ContactLink, Parties } from '../parties';
import { countryOfRegion } from '../phones';
import { candidateOf } from '../reviews/candidate-view';
import { ContactReviews } from '../reviews/contact-reviews';
import { ContactArrival } from './contact-arrival';
import { ContactLookup, type Found } from './contact-lookup';
import type { PushSubject } from './push-subject';

/** Links the one sure hit, or asks a person. */
@Injectable()
export class MatchContact {
  constructor(
    private readonly lookup: ContactLookup,
    private readonly parties: Parties,
    private readonly reviews: ContactReviews,
    private readonly arrival: ContactArrival,
  ) {}

  /** Null when nobody could be meant, so that the contact is created. */
  async match(context: OperationContext, subject: PushSubject): Promise<Outcome | null> {
    const found = await this.lookup.find(context, subject);
    if ('kind' in found) return found;
    const { decision, contacts } = found;
    if (decision.kind === 'create') return null;
    if (decision.kind === 'link') {
      const contact = contacts.get(decision.contactId);
      if (!contact) return failed('internal', 'the chosen contact was not read');
      await context.tx((scope) => this.link(scope, subject, contact, found.how));
      return SUCCEEDED;
    }
    return await this.ask(context, subject, found);
  }

  /** The linked contact is gone, perhaps merged into another: a person says what became of it. */
  async askWhereItWent(context: OperationContext, subject: PushSubject): Promise<Outcome> {
    const found = await this.lookup.find(context, subject);
    return 'kind' in found ? found : await this.ask(context, subject, found);
  }

  /** From here on this is the client's contact. Nothing is written into it: both sides' words of today count as agreed. */
  async link(scope: FirmScope, subject: PushSubject, contact: Contact, how: ContactLink['how']): Promise<void> {
    const isKnown = subject.link?.smokeball_contact_id === contact.id;
    await this.parties.setLink(scope, subject.party.id, {
      account_id: subject.accountId,
      smokeball_contact_id: contact.id,
      error_code: null,
      how,
    });
    if (!isKnown) await this.parties.sending(scope, subject.party);
    await this.arrival.arrived(scope, subject.party.id, contact);
  }

  private async ask(context: OperationContext, subject: PushSubject, found: Found): Promise<Outcome> {
    const country = countryOfRegion(subject.region);
    const candidates = candidatesInOrder(found.judgements).flatMap((judgement) => {
      const contact = found.contacts.get(judgement.contactId);
      return contact ? [candidateOf(judgement, contact, country)] : [];
    });
    await context.tx((scope) => this.reviews.open(scope, subject.party.id, context.operation.id, candidates));
    return failed('contact_ambiguous');
  }
}
