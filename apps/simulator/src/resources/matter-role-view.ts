import type { MatterRecord, MatterRelationship, MatterRole } from '../model/records';
import type { Links } from './links';

/** A role in a matter as it is read. `roleDescription` is the name that people may change. */
export function roleView(matter: MatterRecord, role: MatterRole, links: Links): Record<string, unknown> {
  return {
    id: role.id,
    href: links.href(`matters/${matter.id}/roles/${role.id}`),
    method: 'GET',
    name: role.name,
    contact: role.contactId === null ? null : links.contact(role.contactId, 'Contact'),
    roleDescription: role.displayName ?? role.name,
    description: role.description,
    representatives: role.representativeIds.map((id) => links.contact(id, 'Representative')),
    relationships: role.relationships.map((relationship) => relationshipView(matter, role, relationship, links)),
    isClient: role.isClient,
    isOtherSide: role.isOtherSide,
  };
}

export function relationshipView(
  matter: MatterRecord,
  role: MatterRole,
  relationship: MatterRelationship,
  links: Links,
): Record<string, unknown> {
  return {
    id: relationship.id,
    href: links.href(`matters/${matter.id}/roles/${role.id}/relationships/${relationship.id}`),
    method: 'GET',
    name: relationship.name,
    contact: relationship.contactId === null ? null : links.contact(relationship.contactId, 'Contact'),
    representatives: relationship.representativeIds.map((id) => links.contact(id, 'Representative')),
  };
}
