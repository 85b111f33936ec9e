import { fileState } from '../../control/read-state';
import type { Firm } from '../../model/firm';
import type { MatterRecord } from '../../model/records';
import { contactName } from '../../resources/contact-names';
import { linkId, row, rows, text, type Row } from './members';

export interface MatterRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly status: string;
  readonly is_lead: boolean;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
}

const STAFF_ROLES = [
  ['personResponsible', 'Responsible'],
  ['personAssisting', 'Assisting'],
  ['originatingStaff', 'Originating'],
  ['supervisor', 'Supervisor'],
] as const;

/** One line of the matter list. `names` gives a contact's name by its id. */
export function matterRow(matter: Row, names: (contactId: string) => string): MatterRow {
  return {
    id: text(matter['id']),
    number: text(matter['number']),
    title: text(matter['title']),
    description: text(matter['description']),
    type: text(row(matter['matterType'])['name']),
    status: text(matter['status']),
    is_lead: matter['isLead'] === true,
    clients: parties(matter['clients'] ?? matter['clientIds'], names),
  };
}

/** A matter's page with its people, staff, tags, folders and files by name. `record` is what `matter` was read from. */
export function matterPage(matter: Row, record: MatterRecord, firm: Firm): Row {
  const id = text(matter['id']);
  return {
    ...matterRow(matter, namesOf(firm)),
    other_sides: parties(matter['otherSides'] ?? matter['otherSideIds'], namesOf(firm)),
    client_role: record.clientRole,
    other_side_role: record.otherSideRole,
    staff: staffOf(matter, firm),
    tags: rows(matter['tags']).map((tag) => ({
      name: text(tag['name']),
      color: text(tag['color']),
      type: text(tag['type']),
    })),
    opened_on: text(matter['openedDate']),
    closed_on: text(matter['closedDate']),
    external_system_id: text(matter['externalSystemId']),
    version_id: text(matter['versionId']),
    matter_type_id: linkId(matter['matterType']) || text(matter['matterTypeId']),
    restricted_to: record.restrictedTo?.map((userId) => staffName(staffOfUser(firm, userId))) ?? null,
    folders: [...firm.plain.folders.values()]
      .filter((folder) => folder.matterId === id && !folder.isDeleted)
      .map((folder) => ({
        id: folder.id,
        name: text(folder.body['name']),
        parent: text(folder.body['parentFolderId']),
      })),
    files: [...firm.files.values()].filter((file) => file.matterId === id).map(fileState),
  };
}

export function namesOf(firm: Firm): (contactId: string) => string {
  const lookup = (id: string) => firm.contacts.get(id);
  return (contactId) => {
    const contact = lookup(contactId);
    return contact === undefined ? 'Unknown contact' : contactName(contact, lookup) || '(no name)';
  };
}

function parties(links: unknown, names: (contactId: string) => string): MatterRow['clients'] {
  return Array.isArray(links) ? links.map(linkId).map((id) => ({ id, name: names(id) })) : [];
}

function staffOf(matter: Row, firm: Firm): readonly Row[] {
  const single = STAFF_ROLES.map(([member, role]) => ({ role, member, id: linkId(matter[member]) }));
  const more = [
    ...rows(matter['personAssistingStaffs']).map((link) => ({ role: 'Assisting', member: '', id: linkId(link) })),
    ...rows(matter['originatingStaffs']).map((link) => ({ role: 'Originating', member: '', id: linkId(link) })),
  ];
  return [...single, ...more]
    .filter(({ id }) => id !== '')
    .map((one) => ({ ...one, name: staffName(firm.staff.get(one.id)?.body) }));
}

function staffOfUser(firm: Firm, userId: string): Row | undefined {
  return firm.staff.get(firm.users.get(userId)?.staffId ?? '')?.body;
}

export function staffName(staff: Row | undefined): string {
  const names = [text(staff?.['firstName']), text(staff?.['lastName'])].filter((part) => part !== '');
  return names.join(' ') || 'Unknown staff member';
}
