import type { Firm } from '../model/firm';
import type { MatterRecord, MatterRelationship, MatterRole } from '../model/records';
import type { Commit } from '../store/writes';
import type { World } from '../world';
import { raiseAll, storeMatter } from './matter-changes';
import { partyKey, rolesOf } from './matter-roles-of';

/** One change of the roles of a matter. */
export type RoleChange =
  | { readonly how: 'put'; readonly role: MatterRole }
  | { readonly how: 'remove'; readonly roleId: string }
  | { readonly how: 'put-relationship'; readonly roleId: string; readonly relationship: MatterRelationship }
  | { readonly how: 'remove-relationship'; readonly roleId: string; readonly relationshipId: string };

/** `matters.roles`: roles and their relationships; a client or other side that is changed here changes in the matter too. */
export function changeRoles(firm: Firm, commit: Commit, world: World): void {
  const before = firm.matters.get(commit.id);
  if (before === undefined) return;
  const stored = storeMatter(firm, withRoleChange(before, commit.input as RoleChange), commit.origin, world);
  const isAlone = !world.switches().fan_out || world.isOff('fanOut');
  const types = isAlone ? ['roles.updated'] : ['roles.updated', 'matteritems.updated', 'matter.updated'];
  raiseAll(firm, stored, types, commit.origin, world);
}

export function withRoleChange(matter: MatterRecord, change: RoleChange): MatterRecord {
  if (change.how === 'put') return withRole(matter, change.role);
  const role = rolesOf(matter).find((known) => known.id === change.roleId);
  if (role === undefined) return matter;
  if (change.how === 'remove') return withoutRole(matter, role);
  const id = change.how === 'put-relationship' ? change.relationship.id : change.relationshipId;
  const at = role.relationships.findIndex((known) => known.id === id);
  const others = role.relationships.filter((known) => known.id !== id);
  const added = change.how === 'put-relationship' ? [change.relationship] : [];
  return withRole(matter, { ...role, relationships: others.toSpliced(at < 0 ? others.length : at, 0, ...added) });
}

function withRole(matter: MatterRecord, role: MatterRole): MatterRecord {
  const before = rolesOf(matter).find((known) => known.id === role.id);
  if (before === undefined) return { ...matter, extraRoles: [...matter.extraRoles, role] };
  if (!before.isClient && !before.isOtherSide) {
    return { ...matter, extraRoles: matter.extraRoles.map((known) => (known.id === role.id ? role : known)) };
  }
  const from = before.contactId ?? '';
  const to = role.contactId ?? from;
  const { id, displayName, description, representativeIds, relationships } = role;
  const parties = { ...withoutParty(matter, from, before.isClient) };
  parties[partyKey(to, before.isClient)] = { id, displayName, description, representativeIds, relationships };
  const replaced = (ids: readonly string[]): string[] => ids.map((known) => (known === from ? to : known));
  return before.isClient
    ? { ...matter, parties, clientIds: replaced(matter.clientIds), clientRole: role.name }
    : { ...matter, parties, otherSideIds: replaced(matter.otherSideIds), otherSideRole: role.name };
}

function withoutRole(matter: MatterRecord, role: MatterRole): MatterRecord {
  if (!role.isClient && !role.isOtherSide) {
    return { ...matter, extraRoles: matter.extraRoles.filter((known) => known.id !== role.id) };
  }
  const contactId = role.contactId ?? '';
  const parties = withoutParty(matter, contactId, role.isClient);
  const left = (ids: readonly string[]): string[] => ids.filter((id) => id !== contactId);
  return role.isClient
    ? { ...matter, parties, clientIds: left(matter.clientIds) }
    : { ...matter, parties, otherSideIds: left(matter.otherSideIds) };
}

function withoutParty(
  matter: MatterRecord,
  contactId: string,
  isClient: boolean,
): NonNullable<MatterRecord['parties']> {
  const gone = partyKey(contactId, isClient);
  return Object.fromEntries(Object.entries(matter.parties ?? {}).filter(([key]) => key !== gone));
}
