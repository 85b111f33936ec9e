import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { OperationErrorCode } from '@matterline/contracts';
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
  setNotices,
  SUCCEEDED,
  waiting,
} from '@matterline/sync';
import { linkPlace, MatterStore, type StoredMatter } from '../matters/matter-store';
import { SentMatters } from '../matters/sent-matters';
import { MatterTypeCatalogue } from '../types/catalogue';
import { type OwnMapping, OwnMappings } from '../types/own-mappings';
import { type ResolvedType, ResolveType } from '../types/resolve-type';
import { findCreated } from './find-created';
import { MatterArrival } from './matter-arrival';
import { refusalOf, worded } from './matter-refusal';
import { bothSides, typeQuestionOf, wishOf } from './matter-wish';
import { toMatterWrite } from './matter-write';
import { PartyContacts } from './party-contacts';
import type { StaffChoice } from './staff-choice';
import { StaffDirectory } from './staff-directory';

interface Subject {
  readonly firm: Firm;
  readonly matter: StoredMatter;
  readonly own: readonly OwnMapping[];
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
    readonly mappings: OwnMappings,
    readonly catalogue: MatterTypeCatalogue,
    readonly sent: SentMatters,
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
    const type = await this.type(context, subject);
    if (!type.ok) return failureOutcome(type.failure, 'GET', context.operation.tries_since_reset);
    const chosen = type.data;
    if (chosen.kind === 'none') return failed(chosen.code, chosen.detail);
    context.step('Find the attorneys among the firm’s staff');
    const choice = await this.parts.staff.choose(context.smokeball, matter.picture.attorneys, {}, context.call);
    if (!choice.ok) return failureOutcome(choice.failure, 'GET', context.operation.tries_since_reset);

    const made = await createOnce(context, this.parts.clock, {
      name: 'matter',
      look: () => findCreated(context, matter.matterId, subject.clientIds[0]),
      create: (beforeSend) => {
        context.step('Create the matter in Smokeball');
        return this.create(context, subject, chosen, choice.data, beforeSend);
      },
      idOf: (created) => created.id,
    });
    if (isOutcome(made)) return made.kind === 'failed' ? worded(made) : made;
    await context.tx(async (scope) => {
      await this.expectCreated(scope, subject, chosen, made.id);
      await this.store.setLink(scope, matter.matterId, {
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
        error_code: null,
        error_detail_enc: null,
      });
    });
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
    await context.tx((scope) => this.arrival.arrived(scope, context.operation, id, answer.data));
    return SUCCEEDED;
  }

  async confirmedByEvent(scope: FirmScope, operation: OperationRow, resourceId: string): Promise<boolean> {
    if (operation.progress['matter_id'] !== resourceId) return false;
    await this.arrival.arrived(scope, operation, resourceId, null);
    return true;
  }

  refusal(message: string): OperationErrorCode | null {
    return refusalOf(message);
  }

  async failed(scope: FirmScope, operation: OperationRow, failure: Failed): Promise<void> {
    const isGone = failure.isRefusedLater === true;
    if (failure.code === 'type_deleted' && isGone) await this.forgetTypes(scope);
    if (isGone) await scope.change(`update operations set progress = '{}' where id = $1`, [operation.id]);
    await this.store.setLink(scope, operation.entity_id, {
      state:
        LINK_STATE_OF[failure.code] ??
        ((await this.needsReview(scope, operation, failure)) ? 'needs_review' : 'failed'),
      error_code: failure.code,
      error_detail_enc: failure.detail
        ? this.parts.cipher.sealText(linkPlace(scope.firmId, operation.entity_id, 'error_detail_enc'), failure.detail)
        : null,
      ...(isGone ? { smokeball_matter_id: null, sent_hash: null, sent_enc: null } : {}),
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
      own: await this.parts.mappings.all(scope),
      accountId: connection?.account_id ?? null,
      clientIds: await this.contacts.contactIds(scope, matter.picture.clients),
      otherSideIds: await this.contacts.contactIds(scope, matter.picture.other_sides),
    };
  }

  private async type(context: OperationContext, { firm, matter, own }: Subject) {
    const question = typeQuestionOf(matter.picture);
    return await this.types.resolve(context.smokeball, firm, question, own, firm.settings.lead, context.call);
  }

  private async create(
    context: OperationContext,
    { matter, firm, clientIds, otherSideIds }: Subject,
    type: ResolvedType,
    choice: StaffChoice,
    beforeSend: () => Promise<void>,
  ): Promise<CallResult<{ id: string }>> {
    const { matterId } = matter;
    const { settings } = firm;
    // A new matter is open; one that is archived already is closed by an update behind it.
    const picture = { ...matter.picture, status: 'active' as const };
    const wish = wishOf({ picture, settings, clientIds, otherSideIds, staff: choice.staff });
    await context.tx(async (scope) => {
      // Before it leaves: whatever becomes of the answer, this is what may stand there.
      await this.store.setLink(scope, matterId, {
        sent_enc: this.parts.sent.seal(firm.id, matterId, {
          ...wish,
          touched: [],
          people: choice.people,
          filedAs: typeQuestionOf(picture),
        }),
        sent_hash: this.store.sentDigest(firm.id, picture, settings),
        lacks_attorney: choice.notices.some(({ code }) => code !== 'attorney_surplus'),
      });
      const notices = [...choice.notices, ...bothSides({ clientIds, otherSideIds })];
      await setNotices(scope, this.parts.cipher, context.operation.id, notices);
    });
    const body = toMatterWrite({ matterId, wish, isLead: settings.lead, type });
    const answer = await context.smokeball.matters.create(body, { ...context.call, beforeSend });
    return answer.ok ? { ...answer, data: { id: answer.data.id } } : answer;
  }

  /** What was sent, perhaps by an earlier try, is no news when it is seen there; a number that Smokeball gives is. */
  private async expectCreated(
    scope: FirmScope,
    { matter: { matterId }, firm }: Subject,
    type: ResolvedType,
    id: string,
  ): Promise<void> {
    const link = (await this.store.find(scope, matterId))?.link;
    const wish = this.parts.sent.open(firm.id, matterId, link?.sent_enc ?? null);
    if (!wish) return;
    const written = toMatterWrite({ matterId, wish, isLead: firm.settings.lead, type });
    await this.arrival.expectWrite(scope, id, { ...written, number: written.number ?? '' }, null);
  }

  /** What is kept of the catalogue was wrong. */
  private async forgetTypes(scope: FirmScope): Promise<void> {
    const { region, environment } = await this.parts.firms.read(scope);
    await this.parts.catalogue.forget(region, environment, this.parts.clock.now());
  }
}

const LINK_STATE_OF: Partial<Record<Failed['code'], 'needs_mapping' | 'waiting_for_client' | 'broken'>> = {
  needs_mapping: 'needs_mapping',
  type_deleted: 'needs_mapping',
  role_not_offered: 'needs_mapping',
  waiting_for_client: 'waiting_for_client',
  link_broken: 'broken',
};
