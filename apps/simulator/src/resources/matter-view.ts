import type { Firm } from '../model/firm';
import type { MatterTypeCatalogue } from '../model/matter-type-catalogue';
import type { MatterRecord } from '../model/records';
import { contactName } from './contact-names';
import type { Link, Links } from './links';
import { matterItemViews } from './matter-item-view';
import { text, texts } from './read-input';

export interface MatterViewOptions {
  readonly withItems: boolean;
  readonly withTags: boolean;
}

/** A matter as it is read: Links, and the flat ids that are deprecated but still sent. */
export function matterView(
  firm: Firm,
  catalogue: MatterTypeCatalogue,
  matter: MatterRecord,
  links: Links,
  options: MatterViewOptions,
): Record<string, unknown> {
  const { body } = matter;
  const href = links.href(`matters/${matter.id}`) ?? undefined;
  const type = catalogue.get(matter.matterTypeId);
  const staffLink = (name: string, rel: string): Link | null => {
    const id = text(body[name]);
    return id === null ? null : links.staff(id, rel);
  };
  const staffLinks = (name: string, rel: string): Link[] => texts(body[name]).map((id) => links.staff(id, rel));
  const plain = (name: string): unknown => body[name] ?? null;
  const referrer = text(body['referrerId']);
  const branch = text(body['branchId']);
  return {
    id: matter.id,
    href,
    method: href === undefined ? undefined : 'GET',
    self: href === undefined ? undefined : { id: matter.id, href, rel: 'self', method: 'GET' },
    externalSystemId: plain('externalSystemId'),
    versionId: matter.versionId,
    number: matter.number,
    title: matterTitle(firm, catalogue, matter),
    matterType: links.to(
      `mattertypes/${matter.matterTypeId.toLowerCase()}`,
      matter.matterTypeId,
      'MatterType',
      type?.name,
    ),
    matterTypeId: matter.matterTypeId,
    clients: matter.clientIds.map((id) => links.contact(id, 'Client')),
    clientIds: matter.clientIds,
    otherSides: matter.otherSideIds.map((id) => links.contact(id, 'OtherSide')),
    otherSideIds: matter.otherSideIds,
    description: plain('description'),
    status: matter.status,
    personResponsible: staffLink('personResponsibleStaffId', 'PersonResponsible'),
    personResponsibleStaffId: plain('personResponsibleStaffId'),
    personAssisting: staffLink('personAssistingStaffId', 'PersonAssisting'),
    personAssistingStaffId: plain('personAssistingStaffId'),
    personAssistingStaffs: staffLinks('personAssistingStaffIds', 'PersonAssisting'),
    originatingStaff: staffLink('originatingStaffId', 'OriginatingStaff'),
    originatingStaffId: plain('originatingStaffId'),
    originatingStaffs: staffLinks('originatingStaffIds', 'OriginatingStaff'),
    splitOriginatingStaffSettings: plain('splitOriginatingStaffSettings'),
    supervisor: staffLink('supervisorStaffId', 'Supervisor'),
    clientCode: plain('clientCode'),
    openedDate: plain('openedDate'),
    closedDate: plain('closedDate'),
    leadOpenedDate: plain('leadOpenedDate'),
    leadClosedDate: plain('leadClosedDate'),
    leadClosedReason: plain('leadClosedReason'),
    isLead: matter.isLead,
    branch: branch === null ? null : links.to(`branches/${branch}`, branch, 'Branch'),
    branchProviderId: plain('branchProviderId'),
    referralType: plain('referralType'),
    referrer: referrer === null ? null : links.contact(referrer, 'Referrer'),
    referralAgreementFeeType: plain('referralAgreementFeeType'),
    referralAgreementFee: plain('referralAgreementFee'),
    referralAgreementFeeComment: plain('referralAgreementFeeComment'),
    items: options.withItems ? matterItemViews(matter) : undefined,
    tags: options.withTags ? matterTags(firm, matter, links) : undefined,
  };
}

/** Number, clients and type, as far as they are known. */
export function matterTitle(firm: Firm, catalogue: MatterTypeCatalogue, matter: MatterRecord): string {
  const clients = partyNames(firm, matter.clientIds).join(', ');
  const type = catalogue.get(matter.matterTypeId)?.name ?? '';
  return [matter.number ?? '', clients, type].filter((part) => part !== '').join(' - ');
}

export function partyNames(firm: Firm, ids: readonly string[]): string[] {
  const lookup = (id: string) => firm.contacts.get(id);
  return ids.flatMap((id) => {
    const contact = lookup(id);
    return contact === undefined ? [] : [contactName(contact, lookup)];
  });
}

export function matterTags(firm: Firm, matter: MatterRecord, links: Links): unknown[] {
  return matter.tagIds.flatMap((id) => {
    const tag = firm.matterTags.get(id);
    if (tag === undefined) return [];
    const staff = tag.type === 'Staff' ? links.staff(tag.id, 'Staff') : undefined;
    return [{ id: tag.id, type: tag.type, name: tag.name, color: tag.color, staff }];
  });
}
