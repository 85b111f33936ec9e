import { Injectable } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import type { FirmScope } from '@matterline/platform';
import type { Contact, Region } from '@matterline/smokeball-client';
import { type Failed, failureOutcome, type OperationContext } from '@matterline/sync';
import { decideMatch, type Judgement, judgeContact, type MatchDecision, partyNumbers } from '../matching';
import { Parties } from '../parties';
import { countryOfRegion } from '../phones';
import { PhoneIndex } from '../phone-index';

/** More contacts with one number than a person would look through; the rest of a switchboard's people cannot be meant. */
const READ_MAX = 25;

export interface LookupSubject {
  readonly party: Party;
  readonly region: Region;
  readonly accountId: string;
}

export interface Found {
  readonly decision: MatchDecision;
  readonly judgements: readonly Judgement[];
  /** The contacts that were judged, as they were read just now. */
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly how: 'email' | 'phone';
}

/** Everybody in Smokeball whom a party could be: by e-mail address, then by telephone number. Source: docs/contacts.md#matching. */
@Injectable()
export class ContactLookup {
  constructor(
    private readonly parties: Parties,
    private readonly index: PhoneIndex,
  ) {}

  /** One search by e-mail; the phone index costs a call only when it knows a number. */
  async find(context: OperationContext, subject: LookupSubject): Promise<Found | Failed> {
    const { party, region } = subject;
    const read = new Map<string, Contact>();
    const byEmail = await this.byEmail(context, subject, read);
    if (byEmail) return byEmail;
    const judged = () => [...read.values()].map((contact) => judgeContact(party, contact, countryOfRegion(region)));
    const first = decideMatch(judged());
    if (first.kind === 'link') return { decision: first, judgements: judged(), contacts: read, how: 'email' };
    const byPhone = await this.byPhone(context, subject, read);
    if (byPhone) return byPhone;
    const judgements = judged();
    const decision = decideMatch(judgements);
    const how = decision.kind === 'link' ? howOf(judgements, decision.contactId) : 'email';
    return { decision, judgements, contacts: read, how };
  }

  private async byEmail(
    context: OperationContext,
    { party, accountId }: LookupSubject,
    read: Map<string, Contact>,
  ): Promise<Failed | null> {
    if (!party.email) return null;
    context.step('Look for an existing contact by e-mail');
    const answer = await context.smokeball.contacts.searchByEmail(party.email, context.call);
    if (!answer.ok) return failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    for (const contact of answer.data.items) read.set(contact.id, contact);
    const twins = await context.tx((scope) => this.parties.contactsOfTwins(scope, accountId, party));
    return await this.readAgain(context, accountId, twins, read);
  }

  private async byPhone(
    context: OperationContext,
    { party, region, accountId }: LookupSubject,
    read: Map<string, Contact>,
  ): Promise<Failed | null> {
    const country = countryOfRegion(region);
    const ids = await context.tx(async (scope) => {
      const hits: string[] = [];
      for (const { e164 } of partyNumbers(party, country))
        for (const hit of await this.index.find(scope, accountId, e164, { country })) hits.push(hit.contactId);
      return hits;
    });
    return await this.readAgain(context, accountId, ids, read);
  }

  /** What is only remembered here is asked of Smokeball before it is believed. */
  private async readAgain(
    context: OperationContext,
    accountId: string,
    ids: readonly string[],
    read: Map<string, Contact>,
  ): Promise<Failed | null> {
    const missing = [...new Set(ids)].filter((id) => !read.has(id)).slice(0, READ_MAX);
    if (missing.length === 0) return null;
    context.step('Read again the contacts with the same number or address');
    const [only] = missing;
    const answer =
      missing.length === 1 && only !== undefined
        ? await context.smokeball.contacts.get(only, context.call)
        : await context.smokeball.contacts.batch(missing, context.call);
    const isGone = !answer.ok && (answer.failure.kind === 'not_found' || answer.failure.kind === 'forbidden');
    if (!answer.ok && !isGone) return failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    const found: readonly Contact[] = answer.ok ? ('id' in answer.data ? [answer.data] : answer.data) : [];
    for (const contact of found) read.set(contact.id, contact);
    const gone = missing.filter((id) => !read.has(id) || read.get(id)?.isDeleted);
    if (gone.length > 0) await context.tx((scope) => this.forget(scope, accountId, gone));
    return null;
  }

  private async forget(scope: FirmScope, accountId: string, contactIds: readonly string[]): Promise<void> {
    for (const id of contactIds) await this.index.remove(scope, accountId, id);
  }
}

function howOf(judged: readonly Judgement[], contactId: string): 'email' | 'phone' {
  const reasons = judged.find((one) => one.contactId === contactId)?.reasonsFor ?? [];
  return reasons.includes('Same e-mail address') ? 'email' : 'phone';
}
