import { refuseField, texts, type Fields } from './read-input';
import { MATTER_STATUSES } from './matter-shapes';
import type { Switches } from '../control/switches';
import type { Firm } from '../model/firm';
import type { MatterTypeCatalogue, MatterTypeRecord } from '../model/matter-type-catalogue';
import type { MatterRecord } from '../model/records';

const WHOLE_RATIO = 10_000;
const LONE_SPLIT = 'The split settings can only be given together with originatingStaffIds.';
const STAFF_MEMBERS = ['personResponsibleStaffId', 'personAssistingStaffId', 'originatingStaffId', 'supervisorStaffId'];
const STAFF_LISTS = ['personAssistingStaffIds', 'originatingStaffIds'];

/** What can be told from the body alone; 400. */
export function checkMatterBody(fields: Fields): void {
  const status = fields['status'];
  if (typeof status === 'string' && status !== '' && !MATTER_STATUSES.has(status)) {
    refuseField('status', `The value '${status}' is not valid for status.`);
  }
  const [clientRole, otherSideRole] = [fields['clientRole'], fields['otherSideRole']];
  if (typeof clientRole === 'string' && clientRole !== '' && clientRole === otherSideRole) {
    refuseField('otherSideRole', 'The client role and the other side role must differ.');
  }
  checkOverlap(fields, 'personAssistingStaffId', 'personAssistingStaffIds');
  checkOverlap(fields, 'originatingStaffId', 'originatingStaffIds');
  checkSplit(fields);
}

/** What `PATCH` forbids in one body; 400. */
export function checkPatchBody(fields: Fields, matter: MatterRecord): void {
  const isConversion = matter.isLead && fields['isLead'] === false;
  const hasRole = typeof fields['clientRole'] === 'string' && fields['clientRole'] !== '';
  if (hasRole && !isConversion && typeof fields['matterTypeId'] !== 'string') {
    refuseField('clientRole', 'The client role can only be given with a conversion or a change of the matter type.');
  }
  const hasParties = fields['clientIds'] !== undefined || fields['otherSideIds'] !== undefined;
  if (fields['items'] !== undefined && (hasParties || isConversion)) {
    refuseField('items', 'Items cannot be changed together with clients, other sides or a conversion.');
  }
  if (fields['splitOriginatingStaffSettings'] !== undefined && fields['originatingStaffIds'] === undefined) {
    refuseField('splitOriginatingStaffSettings', LONE_SPLIT);
  }
}

/** Why a matter could not be stored as it would become: told only later, by an `error` event. */
export function lateMatterError(
  firm: Firm,
  catalogue: MatterTypeCatalogue,
  next: MatterRecord,
  switches: Pick<Switches, 'lead_takes_matter_type'>,
): string | undefined {
  const contact = [...next.clientIds, ...next.otherSideIds].find((id) => firm.contacts.get(id) === undefined);
  if (contact !== undefined) return `Contact ${contact} does not belong to account ${firm.accountId}.`;
  const staffIds = [
    ...STAFF_MEMBERS.flatMap((name) => (typeof next.body[name] === 'string' ? [next.body[name]] : [])),
    ...STAFF_LISTS.flatMap((name) => texts(next.body[name])),
  ];
  const staff = staffIds.find((id) => firm.staff.get(id) === undefined);
  if (staff !== undefined) return `Staff ${staff} does not belong to account ${firm.accountId}.`;
  return lateTypeError(catalogue.get(next.matterTypeId), next, switches.lead_takes_matter_type);
}

/** Why a lead cannot become a matter, or a matter a lead, in the way that a `PATCH` asks for. */
export function lateConversionError(fields: Fields, before: MatterRecord): string | undefined {
  const isLead = fields['isLead'];
  if (!before.isLead) return isLead === true ? 'A matter cannot be converted to a lead.' : undefined;
  if (isLead !== false) return undefined;
  const hasType = typeof fields['matterTypeId'] === 'string' && fields['matterTypeId'] !== '';
  const hasRole = typeof fields['clientRole'] === 'string' && fields['clientRole'] !== '';
  return hasType && hasRole ? undefined : 'A matter type and a client role are required to convert a lead.';
}

/** A write whose references are refused at once cannot wait for them. */
export function checksWhenApplied(switches: Pick<Switches, 'reference_checks' | 'sync_checks'>): boolean {
  return switches.reference_checks === 'applied' && switches.sync_checks === 'shape';
}

function lateTypeError(
  type: MatterTypeRecord | undefined,
  next: MatterRecord,
  leadTakesMatterType: boolean,
): string | undefined {
  if (type === undefined) return `Matter type ${next.matterTypeId} was not found.`;
  if ((type.type === 1) !== next.isLead && !(next.isLead && leadTakesMatterType)) {
    return next.isLead ? 'A lead needs a lead type.' : 'A matter cannot have a lead type.';
  }
  const role = [next.clientRole, next.otherSideRole].find(
    (name) => name !== '' && !type.representativeOptions.includes(name),
  );
  return role === undefined ? undefined : `Role ${role} is not valid for matter type ${type.name}.`;
}

function checkOverlap(fields: Fields, one: string, many: string): void {
  const id = fields[one];
  const ids = texts(fields[many]);
  if (typeof id === 'string' && ids.includes(id)) refuseField(many, `${many} must not contain ${one}.`);
  if (new Set(ids).size !== ids.length) refuseField(many, `${many} must not contain the same staff twice.`);
}

function checkSplit(fields: Fields): void {
  const split = fields['splitOriginatingStaffSettings'] as
    | {
        readonly isEnabled?: boolean;
        readonly splitMatterStaffs?: readonly { matterStaffId?: string; matterStaffRatio?: number }[];
      }
    | null
    | undefined;
  if (split === null || split === undefined || split.isEnabled !== true) return;
  const parts = split.splitMatterStaffs ?? [];
  const ids = parts.map((part) => part.matterStaffId ?? '').sort();
  const wanted = texts(fields['originatingStaffIds']).sort();
  const field = 'splitOriginatingStaffSettings';
  if (fields['originatingStaffIds'] === undefined) refuseField(field, LONE_SPLIT);
  if (ids.join() !== wanted.join()) refuseField(field, 'The staff of the split must be the originating staff.');
  const sum = parts.reduce((total, part) => total + (part.matterStaffRatio ?? 0), 0);
  if (sum !== WHOLE_RATIO) refuseField(field, `The ratios must add up to ${WHOLE_RATIO}.`);
}
