import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import { Firms } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import { type Contact, replacementOf } from '@matterline/smokeball-client';
import {
  ACCEPTED,
  failed,
  failureOutcome,
  type Failed,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { Parties } from '../parties';
import { ContactArrival } from './contact-arrival';
import { toContactWrite } from './contact-mapper';

/** `contact.update`: a later edit in CaseHug follows; what Smokeball's users wrote in other fields stays, and nothing deleted comes back. */
@Injectable()
export class UpdateContactHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'contact.update';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly parties: Parties,
    private readonly firms: Firms,
    private readonly arrival: ContactArrival,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<{ waitMs: number } | Failed | null> {
    const link = await this.parties.link(scope, operation.entity_id);
    return link?.smokeball_contact_id ? null : failed('contact_failed');
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const { party, region, contactId } = await context.tx(async (scope) => ({
      party: await this.parties.get(scope, context.operation.entity_id),
      region: (await this.firms.read(scope)).region,
      contactId: (await this.parties.link(scope, context.operation.entity_id))?.smokeball_contact_id ?? '',
    }));
    if (!party) return failed('internal', 'the party is gone');
    context.step('Read the contact as it is in Smokeball');
    const current = await context.smokeball.contacts.get(contactId, context.call);
    if (!current.ok) return failureOutcome(current.failure, 'GET', context.operation.tries_since_reset);
    if (current.data.isDeleted) return failed('link_broken');
    const written = toContactWrite(party, region);
    if (!differs(current.data, written)) {
      await context.tx((scope) => this.settled(scope, party, current.data));
      return SUCCEEDED;
    }
    context.step('Write the changed fields');
    const replacement = replacementOf(current.data);
    const merged = {
      ...replacement,
      ...(written.person && replacement.person
        ? { person: { ...replacement.person, ...defined(written.person) } }
        : {}),
      ...(written.company && replacement.company
        ? { company: { ...replacement.company, ...defined(written.company) } }
        : {}),
    };
    const answer = await context.smokeball.contacts.update(contactId, merged, context.call);
    if (!answer.ok) return failureOutcome(answer.failure, 'PUT', context.operation.tries_since_reset);
    await context.remember({
      contact_id: contactId,
      party: this.parties.digest(context.firmId, party).toString('hex'),
    });
    return ACCEPTED;
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    context.step('Look whether the change has arrived');
    const answer = await context.smokeball.contacts.get(String(context.progress['contact_id']), context.call);
    if (!answer.ok) return failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    const { party, region } = await context.tx(async (scope) => ({
      party: await this.parties.get(scope, context.operation.entity_id),
      region: (await this.firms.read(scope)).region,
    }));
    if (!party) return failed('internal', 'the party is gone');
    if (differs(answer.data, toContactWrite(party, region))) {
      // Edited in CaseHug since: what was written is not what is wished any more.
      return context.progress['party'] === this.parties.digest(context.firmId, party).toString('hex')
        ? waiting(0)
        : await this.execute(context);
    }
    await context.tx((scope) => this.settled(scope, party, answer.data));
    return SUCCEEDED;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const isGone = failure.code === 'link_broken';
    await this.parties.setLink(scope, operation.entity_id, {
      error_code: failure.code,
      ...(isGone ? { state: 'broken' } : {}),
    });
  }

  private async settled(scope: FirmScope, party: Party, contact: Contact): Promise<void> {
    await this.parties.setLink(scope, party.id, {
      sent_hash: this.parties.digest(scope.firmId, party),
      error_code: null,
    });
    await this.arrival.arrived(scope, party.id, contact);
  }
}

/** What CaseHug says nothing of must not be blanked. */
function defined<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}

/** Whether Smokeball holds anything else than what we would write, in the fields that we write. */
function differs(current: Contact, written: ReturnType<typeof toContactWrite>): boolean {
  const wish = written.person ?? written.company ?? {};
  const held: unknown = written.person ? current.person : current.company;
  return !contains(held, JSON.parse(JSON.stringify(wish)));
}

function contains(held: unknown, wish: unknown): boolean {
  if (wish === null || wish === undefined) return true;
  if (typeof wish !== 'object') return (held ?? '') === wish;
  if (typeof held !== 'object' || held === null)
    return Object.values(wish).every((value) => value === null || value === undefined);
  return Object.entries(wish).every(([key, value]) => contains((held as Record<string, unknown>)[key], value));
}
