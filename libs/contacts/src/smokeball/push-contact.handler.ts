import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Party } from '@matterline/contracts';
import { type Firm, Firms, readConnection } from '@matterline/auth';
import { Clock, type FirmScope } from '@matterline/platform';
import { type CallResult, type Contact, searchTerm } from '@matterline/smokeball-client';
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
import { Parties, partyName } from '../parties';
import { ContactArrival } from './contact-arrival';
import { toContactWrite } from './contact-mapper';
import { madeByUs, withEmail } from './matching';

interface Subject {
  readonly party: Party;
  readonly firm: Firm;
  readonly accountId: string;
}

/** `contact.push`: finds the party's contact in Smokeball by e-mail, or creates it, once. */
@Injectable()
export class PushContactHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'contact.push';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly parties: Parties,
    private readonly firms: Firms,
    private readonly arrival: ContactArrival,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    if (!subject) return failed('internal', 'the party is gone');
    const link = await context.tx((scope) => this.parties.link(scope, subject.party.id));
    if (link?.smokeball_contact_id && link.state === 'confirmed') return SUCCEEDED;

    if (context.progress['contact_sent_at'] == null && context.progress['contact_id'] == null) {
      const matched = await this.matchByEmail(context, subject);
      if (matched) return matched;
    }
    const made = await createOnce(context, this.clock, {
      name: 'contact',
      look: () => this.look(context, subject),
      create: async (beforeSend) => {
        context.step('Create the contact in Smokeball');
        await context.remember({ sent: this.parties.digest(context.firmId, subject.party).toString('hex') });
        const answer = await context.smokeball.contacts.create(toContactWrite(subject.party, subject.firm.region), {
          ...context.call,
          beforeSend,
        });
        return answer.ok ? { ...answer, data: { id: answer.data.id } } : answer;
      },
      idOf: (contact) => contact.id,
    });
    if (isOutcome(made)) return made;
    await context.tx((scope) =>
      this.parties.setLink(scope, subject.party.id, {
        state: 'accepted',
        account_id: subject.accountId,
        smokeball_contact_id: made.id,
        sent_hash: this.sentDigest(context, subject.party),
        error_code: null,
        how: 'created',
      }),
    );
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
    const subject = await this.subject(scope, operation.entity_id);
    if (!subject) return false;
    await this.arrival.arrived(
      scope,
      operation.entity_id,
      asWritten(resourceId, toContactWrite(subject.party, subject.firm.region)),
    );
    return true;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const state = failure.code === 'contact_ambiguous' ? 'needs_review' : 'failed';
    const isGone = failure.code === 'refused_later';
    if (isGone) await forget(scope, operation.id);
    await this.parties.setLink(scope, operation.entity_id, {
      state,
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
    const state = before === null ? 'not_synced' : before === 'contact_ambiguous' ? 'needs_review' : 'failed';
    await this.parties.setLink(scope, operation.entity_id, { state, error_code: before });
  }

  /** Of what was sent, which an edit since may differ from. */
  private sentDigest({ firmId, progress }: OperationContext, party: Party): Buffer {
    const sent = progress['sent'];
    return typeof sent === 'string' ? Buffer.from(sent, 'hex') : this.parties.digest(firmId, party);
  }

  private async subject(scope: FirmScope, clientId: string): Promise<Subject | null> {
    const party = await this.parties.get(scope, clientId);
    const connection = await readConnection(scope);
    if (!party || !connection?.account_id) return null;
    return { party, firm: await this.firms.read(scope), accountId: connection.account_id };
  }

  /** Null when nobody carries the address, so that the contact is created. */
  private async matchByEmail(context: OperationContext, { party, accountId }: Subject): Promise<Outcome | null> {
    if (!party.email) return null;
    context.step('Look for an existing contact by e-mail');
    const answer = await context.smokeball.contacts.searchByEmail(party.email, context.call);
    if (!answer.ok) return failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    const hits = withEmail(answer.data.items, party.email);
    const [hit] = hits;
    if (!hit) return null;
    if (hits.length > 1 && !madeByUs(hits, party))
      return failed('contact_ambiguous', `${hits.length} contacts carry the same e-mail address`);
    const chosen = madeByUs(hits, party) ?? hit;
    await context.tx(async (scope) => {
      await this.parties.setLink(scope, party.id, {
        account_id: accountId,
        smokeball_contact_id: chosen.id,
        sent_hash: this.parties.digest(context.firmId, party),
        error_code: null,
        how: 'email',
      });
      await this.arrival.arrived(scope, party.id, chosen);
    });
    return SUCCEEDED;
  }

  private async look(context: OperationContext, { party }: Subject): Promise<CallResult<{ id: string } | null>> {
    context.step('Look whether an earlier try has created it');
    const hinted = context.progress['event_id'];
    if (typeof hinted === 'string') {
      const answer = await context.smokeball.contacts.get(hinted, context.call);
      if (answer.ok) return { ...answer, data: madeByUs([answer.data], party) };
    }
    if (party.email) {
      const answer = await context.smokeball.contacts.searchByEmail(party.email, context.call);
      if (!answer.ok) return answer;
      const found = madeByUs(answer.data.items, party);
      if (found) return { ...answer, data: found };
    }
    return await this.lookByName(context, party);
  }

  /** The address may have been changed in CaseHug since that try. */
  private async lookByName(context: OperationContext, party: Party): Promise<CallResult<{ id: string } | null>> {
    const name = party.company_name || party.last_name || partyName(party);
    const search = [searchTerm('name', name, 'contains')];
    let offset: number | null = 0;
    while (offset !== null) {
      const answer: Awaited<ReturnType<typeof context.smokeball.contacts.list>> = await context.smokeball.contacts.list(
        { search, excludeDeleted: true, limit: 500, offset },
        context.call,
      );
      if (!answer.ok) return answer;
      const found = madeByUs(answer.data.items, party);
      if (found) return { ...answer, data: found };
      offset = answer.data.nextOffset;
    }
    return { ok: true, status: 200, data: null, requestId: context.operation.id };
  }
}

async function forget(scope: FirmScope, operationId: string): Promise<void> {
  await scope.change(`update operations set progress = '{}' where id = $1`, [operationId]);
}

/** What we wrote, as a contact: enough for the phone index until the contact is read. */
function asWritten(id: string, written: ReturnType<typeof toContactWrite>): Contact {
  const json = JSON.parse(JSON.stringify(written)) as Pick<Contact, 'person' | 'company' | 'externalSystemId'>;
  return { ...json, id, isDeleted: false, tags: [] };
}
