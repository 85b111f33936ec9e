import { createHash } from 'node:crypto';
import type { MatterRecord, MatterRole } from '../model/records';

/** All roles in a matter: its clients, its other sides, then the rest. Ids of the first two follow from the contact. */
export function rolesOf(matter: MatterRecord): MatterRole[] {
  const party = (contactId: string, name: string, isClient: boolean): MatterRole => ({
    id: roleId(matter.id, contactId, isClient),
    name,
    contactId,
    description: null,
    representativeIds: [],
    isClient,
    isOtherSide: !isClient,
    relationships: [],
    ...matter.parties?.[partyKey(contactId, isClient)],
  });
  return [
    ...matter.clientIds.map((id) => party(id, matter.clientRole || 'Client', true)),
    ...matter.otherSideIds.map((id) => party(id, matter.otherSideRole || 'Other Side', false)),
    ...matter.extraRoles,
  ];
}

export function partyKey(contactId: string, isClient: boolean): string {
  return `${isClient ? 'client' : 'other'} ${contactId}`;
}

function roleId(matterId: string, contactId: string, isClient: boolean): string {
  const h = createHash('sha1').update(`${matterId} ${contactId} ${isClient}`).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-9${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
