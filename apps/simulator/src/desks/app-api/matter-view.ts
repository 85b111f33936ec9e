import type { FirmState } from './firm-state';
import { contactName } from './contact-view';
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

/** A matter's page with its people, staff, tags and files by name. */
export function matterPage(matter: Row, firm: FirmState, names: (contactId: string) => string): Row {
  const id = text(matter['id']);
  return {
    ...matterRow(matter, names),
    other_sides: parties(matter['otherSides'] ?? matter['otherSideIds'], names),
    staff: staffOf(matter, firm),
    tags: rows(matter['tags']).map((tag) => ({ name: text(tag['name']), color: text(tag['color']) })),
    opened_on: text(matter['openedDate']),
    closed_on: text(matter['closedDate']),
    external_system_id: text(matter['externalSystemId']),
    version_id: text(matter['versionId']),
    matter_type_id: linkId(matter['matterType']) || text(matter['matterTypeId']),
    files: firm.files.filter((file) => file.matterId === id),
  };
}

export function namesOf(firm: FirmState): (contactId: string) => string {
  const byId = new Map(firm.contacts.map((contact) => [text(contact['id']), contact]));
  return (contactId) => {
    const contact = byId.get(contactId);
    return contact === undefined ? 'Unknown contact' : contactName(contact);
  };
}

/** Ids of the contacts that a matter names, on either side. */
export function partyIds(matter: Row): readonly string[] {
  const sides = [matter['clients'] ?? matter['clientIds'], matter['otherSides'] ?? matter['otherSideIds']];
  return sides.flatMap((side) => (Array.isArray(side) ? side.map(linkId) : []));
}

function parties(links: unknown, names: (contactId: string) => string): MatterRow['clients'] {
  return Array.isArray(links) ? links.map(linkId).map((id) => ({ id, name: names(id) })) : [];
}

function staffOf(matter: Row, firm: FirmState): readonly Row[] {
  const single = STAFF_ROLES.map(([member, role]) => ({ role, id: linkId(matter[member]) }));
  const more = [
    ...rows(matter['personAssistingStaffs']).map((link) => ({ role: 'Assisting', id: linkId(link) })),
    ...rows(matter['originatingStaffs']).map((link) => ({ role: 'Originating', id: linkId(link) })),
  ];
  return [...single, ...more]
    .filter(({ id }) => id !== '')
    .map(({ role, id }) => ({ role, id, name: staffName(firm.staff.find((one) => text(one['id']) === id)) }));
}

export function staffName(staff: Row | undefined): string {
  const names = [text(staff?.['firstName']), text(staff?.['lastName'])].filter((part) => part !== '');
  return names.join(' ') || 'Unknown staff member';
}
