import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Parties } from '@matterline/contacts';
import { type Firm, Firms, readConnection } from '@matterline/auth';
import { Clock, FieldCipher, type FirmScope } from '@matterline/platform';
import type { CallResult } from '@matterline/smokeball-client';
import {
  ACCEPTED,
  createOnce,
  failed,
  type Failed,
  failureBefore,
  failureOutcome,
  isOutcome,
  type OperationContext,
  type OperationHandler,
  OperationHandlers,
  type OperationRow,
  type Outcome,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { linkPlace, MatterStore, type StoredMatter } from '../matters/matter-store';
import { type MappingRow, ownMapping, ResolveType } from '../types/resolve-type';
import { MatterArrival } from './matter-arrival';
import { type MatterStaff, toMatterWrite } from './matter-write';
import { PartyContacts } from './party-contacts';
import { StaffDirectory } from './staff-directory';

interface Subject {
  readonly firm: Firm;
  readonly matter: StoredMatter;
  readonly own: MappingRow | null;
  readonly accountId: string | null;
  readonly clientIds: readonly string[];
  readonly otherSideIds: readonly string[];
}

/** What pushing a matter needs besides matters and contacts. */
@Injectable()
export class PushMatterParts {
  constructor(
    readonly firms: Firms,
    readonly parties: Parties,
    readonly staff: StaffDirectory,
    readonly clock: Clock,
    readonly cipher: FieldCipher,
  ) {}
}

/** `matter.push`: creates the matter in Smokeball, once, after its parties stand there. */
@Injectable()
export class PushMatterHandler implements OperationHandler, OnModuleInit {
  readonly kind = 'matter.push';

  constructor(
    private readonly handlers: OperationHandlers,
    private readonly store: MatterStore,
    private readonly contacts: PartyContacts,
    private readonly types: ResolveType,
    private readonly arrival: MatterArrival,
    private readonly parts: PushMatterParts,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async ready(scope: FirmScope, operation: OperationRow): Promise<{ waitMs: number } | Failed | null> {
    const matter = await this.store.find(scope, operation.entity_id);
    if (!matter) return failed('internal', 'the matter is gone');
    if (matter.picture.clients.length === 0) return failed('waiting_for_client');
    return await this.contacts.obstacle(scope, [...matter.picture.clients, ...matter.picture.other_sides]);
  }

  async execute(context: OperationContext): Promise<Outcome> {
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    if (!subject) return failed('internal', 'the matter is gone');
    const { matter, firm } = subject;
    if (matter.link.smokeball_matter_id && matter.link.state === 'confirmed') return SUCCEEDED;

    context.step('Choose the Smokeball matter type');
    const type = await this.types.resolve(context.smokeball, firm, matter.picture, subject.own, context.call);
    if (!type.ok) return failureOutcome(type.failure, 'GET', context.operation.tries_since_reset);
    const chosen = type.data;
    if (!chosen)
      return failed('needs_mapping', matter.picture.case_type ?? matter.picture.practice_area ?? 'no case type');
    const staff = await this.parts.staff.staffOf(context.smokeball, matter.picture.attorneys, context.call);
    if (!staff.ok) return failureOutcome(staff.failure, 'GET', context.operation.tries_since_reset);

    const made = await createOnce(context, this.parts.clock, {
      name: 'matter',
      look: () => this.look(context, subject),
      create: (beforeSend) => {
        context.step('Create the matter in Smokeball');
        return this.create(context, subject, chosen, staff.data, beforeSend);
      },
      idOf: (created) => created.id,
    });
    if (isOutcome(made)) return made;
    await context.tx((scope) =>
      this.store.setLink(scope, matter.matterId, {
        state: 'accepted',
        account_id: subject.accountId,
        smokeball_matter_id: made.id,
        matter_type_id: chosen.id,
        matter_type_name: chosen.name,
        client_role: chosen.role,
        // A number that we give replaces Smokeball's own numbering; without one it comes later.
        smokeball_number_enc: this.store.sealNumber(
          firm.id,
          matter.matterId,
          firm.settings.send_number ? matter.picture.case_number : null,
        ),
        sent_hash: this.sentDigest(context, subject),
        error_code: null,
        error_detail_enc: null,
      }),
    );
    return ACCEPTED;
  }

  async confirm(context: OperationContext): Promise<Outcome> {
    const id = context.progress['matter_id'];
    if (typeof id !== 'string') return failed('internal', 'accepted without an id');
    context.step('Look whether the matter has arrived');
    const answer = await context.smokeball.matters.get(id, context.call);
    if (!answer.ok)
      return answer.failure.kind === 'not_found'
        ? waiting(0)
        : failureOutcome(answer.failure, 'GET', context.operation.tries_since_reset);
    await context.tx((scope) => this.arrival.arrived(scope, context.operation.entity_id, id, answer.data));
    return SUCCEEDED;
  }

  async confirmedByEvent(scope: FirmScope, operation: OperationRow, resourceId: string): Promise<boolean> {
    if (operation.progress['matter_id'] !== resourceId) return false;
    await this.arrival.arrived(scope, operation.entity_id, resourceId, null);
    return true;
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const isGone = failure.code === 'refused_later';
    if (isGone) await scope.change(`update operations set progress = '{}' where id = $1`, [operation.id]);
    await this.store.setLink(scope, operation.entity_id, {
      state:
        LINK_STATE_OF[failure.code] ??
        ((await this.needsReview(scope, operation, failure)) ? 'needs_review' : 'failed'),
      error_code: failure.code,
      error_detail_enc: failure.detail
        ? this.parts.cipher.sealText(linkPlace(scope.firmId, operation.entity_id, 'error_detail_enc'), failure.detail)
        : null,
      ...(isGone ? { smokeball_matter_id: null } : {}),
    });
  }

  async reopened(scope: FirmScope, operation: OperationRow): Promise<void> {
    await this.store.setLink(scope, operation.entity_id, {
      state: 'pending',
      error_code: null,
      error_detail_enc: null,
    });
  }

  async cancelled(scope: FirmScope, operation: OperationRow): Promise<void> {
    const before = failureBefore(operation);
    const state = before === null ? 'not_synced' : (LINK_STATE_OF[before] ?? 'failed');
    await this.store.setLink(scope, operation.entity_id, { state, error_code: before, error_detail_enc: null });
  }

  private async needsReview(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<boolean> {
    if (failure.code !== 'contact_failed') return false;
    const matter = await this.store.find(scope, operation.entity_id);
    const links = await this.parts.parties.links(
      scope,
      (matter?.picture.clients ?? []).map((party) => party.id),
    );
    return links.some((link) => link.state === 'needs_review');
  }

  private async subject(scope: FirmScope, matterId: string): Promise<Subject | null> {
    const matter = await this.store.find(scope, matterId);
    if (!matter) return null;
    const firm = await this.parts.firms.read(scope);
    const connection = await readConnection(scope);
    return {
      firm,
      matter,
      own: await ownMapping(scope, matter.picture),
      accountId: connection?.account_id ?? null,
      clientIds: await this.contacts.contactIds(scope, matter.picture.clients),
      otherSideIds: await this.contacts.contactIds(scope, matter.picture.other_sides),
    };
  }

  private async create(
    context: OperationContext,
    subject: Subject,
    type: { id: string; role: string | null },
    staff: MatterStaff,
    beforeSend: () => Promise<void>,
  ): Promise<CallResult<{ id: string }>> {
    const { matter, firm, clientIds, otherSideIds } = subject;
    const digest = this.store.sentDigest(context.firmId, matter.picture, firm.settings);
    await context.remember({ sent: digest.toString('hex') });
    const body = toMatterWrite({
      matterId: matter.matterId,
      picture: matter.picture,
      settings: firm.settings,
      type,
      clientIds,
      otherSideIds,
      staff,
    });
    const answer = await context.smokeball.matters.create(body, { ...context.call, beforeSend });
    return answer.ok ? { ...answer, data: { id: answer.data.id } } : answer;
  }

  /** Of what was sent, which an edit since may differ from. */
  private sentDigest({ firmId, progress }: OperationContext, { matter, firm }: Subject): Buffer {
    const sent = progress['sent'];
    return typeof sent === 'string'
      ? Buffer.from(sent, 'hex')
      : this.store.sentDigest(firmId, matter.picture, firm.settings);
  }

  private async look(context: OperationContext, subject: Subject): Promise<CallResult<{ id: string } | null>> {
    context.step('Look whether an earlier try has created it');
    const hinted = context.progress['event_id'];
    if (typeof hinted === 'string') {
      const answer = await context.smokeball.matters.get(hinted, context.call);
      if (answer.ok && answer.data.externalSystemId === subject.matter.matterId)
        return { ...answer, data: { id: answer.data.id } };
    }
    let offset: number | null = 0;
    while (offset !== null) {
      const answer: Awaited<ReturnType<typeof context.smokeball.matters.list>> = await context.smokeball.matters.list(
        { contactId: subject.clientIds[0], type: 'Matters,Leads', limit: 500, offset },
        context.call,
      );
      if (!answer.ok) return answer;
      const found = answer.data.items.find(
        (one) => one.externalSystemId === subject.matter.matterId && one.status !== 'Deleted',
      );
      if (found) return { ...answer, data: { id: found.id } };
      offset = answer.data.nextOffset;
    }
    return { ok: true, status: 200, data: null, requestId: context.operation.id };
  }
}

const LINK_STATE_OF: Partial<Record<Failed['code'], 'needs_mapping' | 'waiting_for_client' | 'broken'>> = {
  needs_mapping: 'needs_mapping',
  waiting_for_client: 'waiting_for_client',
  link_broken: 'broken',
};
