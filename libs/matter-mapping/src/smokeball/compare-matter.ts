import { Injectable } from '@nestjs/common';
import type { MatterPicture } from '@matterline/contracts';
import { type Firm, Firms } from '@matterline/auth';
import type { FirmScope } from '@matterline/platform';
import type { CallResult, Matter } from '@matterline/smokeball-client';
import { failed, failureOutcome, type Notice, type OperationContext, type Outcome } from '@matterline/sync';
import { MatterStore, type StoredMatter } from '../matters/matter-store';
import { SentMatters } from '../matters/sent-matters';
import { isSameQuestion, type OwnMapping, OwnMappings, type TypeQuestion } from '../types/own-mappings';
import { type Resolution, type ResolvedType, ResolveType } from '../types/resolve-type';
import { type MatterChanges, matterChanges } from './matter-changes';
import { bothSides, type MatterWish, type SentMatter, typeQuestionOf, wishOf } from './matter-wish';
import { PartyContacts } from './party-contacts';
import type { StaffChoice } from './staff-choice';
import { StaffDirectory } from './staff-directory';

/** A matter as it stands in Smokeball beside what CaseHug wishes of it. */
export interface Comparison {
  readonly matterId: string;
  readonly current: Matter;
  readonly wish: MatterWish;
  readonly base: SentMatter | null;
  readonly people: StaffChoice['people'];
  readonly convertTo: ResolvedType | null;
  /** What the type that stands in Smokeball was chosen by. */
  readonly filedAs: TypeQuestion;
  readonly changes: MatterChanges;
  readonly notices: readonly Notice[];
  readonly sentHash: Buffer;
  /** Hash of CaseHug's picture that was compared. */
  readonly picture: string;
}

interface Subject {
  readonly matter: StoredMatter;
  readonly firm: Firm;
  readonly own: readonly OwnMapping[];
  readonly base: SentMatter | null;
  readonly clientIds: readonly string[];
  readonly otherSideIds: readonly string[];
}

/** Reads a linked matter and tells what CaseHug's edits change in it. */
@Injectable()
export class CompareMatter {
  constructor(
    private readonly store: MatterStore,
    private readonly sent: SentMatters,
    private readonly contacts: PartyContacts,
    private readonly staff: StaffDirectory,
    private readonly firms: Firms,
    private readonly types: ResolveType,
    private readonly mappings: OwnMappings,
  ) {}

  async compare(context: OperationContext): Promise<Comparison | Outcome> {
    const tries = context.operation.tries_since_reset;
    const subject = await context.tx((scope) => this.subject(scope, context.operation.entity_id));
    const id = subject?.matter.link.smokeball_matter_id;
    if (!subject || !id) return failed('matter_not_linked');
    context.step('Read the matter as it is in Smokeball');
    const current = await context.smokeball.matters.get(id, context.call);
    if (!current.ok) return failureOutcome(current.failure, 'GET', tries);
    if (current.data.status === 'Deleted') return failed('link_broken');
    const { matter, firm, base } = subject;
    const type = await this.newType(context, subject, current.data);
    if (type && !type.ok) return failureOutcome(type.failure, 'GET', tries);
    if (type?.data.kind === 'none') return failed(type.data.code, type.data.detail);
    const choice = await this.staff.choose(
      context.smokeball,
      matter.picture.attorneys,
      base?.people ?? {},
      context.call,
    );
    if (!choice.ok) return failureOutcome(choice.failure, 'GET', tries);
    const { settings } = firm;
    const wished = wishOf({ picture: matter.picture, settings, staff: choice.data.staff, ...subject });
    const wish = withClients(wished, base);
    const convertTo = type?.data ?? null;
    const changes = matterChanges({ current: current.data, wish, base, convertTo });
    const asked = typeQuestionOf(matter.picture);
    const filedAs = convertTo ? asked : (base?.filedAs ?? asked);
    return {
      matterId: matter.matterId,
      current: current.data,
      wish,
      base,
      people: choice.data.people,
      convertTo,
      filedAs,
      changes,
      notices: [
        ...choice.data.notices,
        ...changes.notices,
        ...keptClients(matter.picture, wish),
        ...bothSides({ clientIds: wish.clientIds, otherSideIds: subject.otherSideIds }),
        ...(isSameQuestion(filedAs, asked, firm.region) ? [] : [{ code: 'type_stays' as const }]),
      ],
      sentHash: this.store.sentDigest(context.firmId, matter.picture, settings),
      picture: matter.pictureHash.toString('hex'),
    };
  }

  /** The type of matters that a lead gets now that the firm wants matters; null when nothing is to be converted. */
  private async newType(
    context: OperationContext,
    { firm, matter, own }: Subject,
    current: Matter,
  ): Promise<CallResult<Resolution> | null> {
    if (!current.isLead || firm.settings.lead) return null;
    context.step('Choose the matter type that the lead becomes');
    const question = typeQuestionOf(matter.picture);
    return await this.types.resolve(context.smokeball, firm, question, own, false, context.call);
  }

  private async subject(scope: FirmScope, matterId: string): Promise<Subject | null> {
    const matter = await this.store.find(scope, matterId);
    if (!matter) return null;
    return {
      matter,
      firm: await this.firms.read(scope),
      own: await this.mappings.all(scope),
      base: this.sent.open(scope.firmId, matterId, matter.link.sent_enc),
      clientIds: await this.contacts.contactIds(scope, matter.picture.clients),
      otherSideIds: await this.contacts.contactIds(scope, matter.picture.other_sides),
    };
  }
}

const keptClients = ({ clients }: MatterPicture, { clientIds }: MatterWish): Notice[] =>
  clients.length === 0 && clientIds.length > 0 ? [{ code: 'clients_kept' }] : [];

/** Smokeball's matters need a client: when CaseHug takes the last one away, those that it named before stay ours until it names others. */
function withClients(wish: MatterWish, base: SentMatter | null): MatterWish {
  if (wish.clientIds.length > 0 || base === null || base.clientIds.length === 0) return wish;
  const { clientIds } = base;
  return { ...wish, clientIds, otherSideIds: wish.otherSideIds.filter((id) => !clientIds.includes(id)) };
}

export function isComparison(read: Comparison | Outcome): read is Comparison {
  return 'changes' in read;
}
