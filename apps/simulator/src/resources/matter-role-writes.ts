import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { MatterRecord, MatterRelationship, MatterRole } from '../model/records';
import { findMatter } from './find-record';
import { Links } from './links';
import { withRoleChange, type RoleChange } from './matter-role-changes';
import { relationshipView } from './matter-role-view';
import { rolesOf } from './matter-roles-of';
import { readFields, requireFields, text, texts, type Fields } from './read-input';
import { writeLater } from './write-later';

const RELATIONSHIP_SHAPE = {
  name: 'text',
  displayName: 'text',
  contactId: 'text',
  representativeIds: ['text'],
  isMatterItemRequired: 'flag',
} as const;
const ROLE_SHAPE = { ...RELATIONSHIP_SHAPE, description: 'text', relationships: [RELATIONSHIP_SHAPE] } as const;
const ALL = '/matters/{matterId}/roles';
const RELATIONSHIPS = '/matters/{matterId}/roles/{roleId}/relationships';
const READ = ['roles/read'];
const WRITE = ['roles/write'];

export const matterRoleWriteRoutes: readonly Route[] = [
  { method: 'POST', template: ALL, scopes: WRITE, handle: (call) => put(call, null) },
  { method: 'PUT', template: `${ALL}/{id}`, scopes: WRITE, handle: (call) => put(call, roleAt(call, 'id')) },
  { method: 'DELETE', template: `${ALL}/{id}`, scopes: WRITE, handle: remove },
  { method: 'GET', template: RELATIONSHIPS, scopes: READ, handle: relationships },
  { method: 'POST', template: RELATIONSHIPS, scopes: WRITE, handle: (call) => putRelationship(call, null) },
  { method: 'GET', template: `${RELATIONSHIPS}/{id}`, scopes: READ, handle: relationship },
  { method: 'PUT', template: `${RELATIONSHIPS}/{id}`, scopes: WRITE, handle: changeRelationship },
  { method: 'DELETE', template: `${RELATIONSHIPS}/{id}`, scopes: WRITE, handle: removeRelationship },
];

/** `POST` and `PUT`: the whole role; relationships that a `PUT` does not name stay as they were. */
function put(call: Call, before: MatterRole | null): Answer {
  const fields = readFields(call.body, ROLE_SHAPE);
  requireFields(fields, ['name']);
  const given = Array.isArray(fields['relationships']) ? (fields['relationships'] as Fields[]) : null;
  const role: MatterRole = {
    id: before?.id ?? call.world.random.uuid(),
    name: text(fields['name']) ?? '',
    displayName: text(fields['displayName']),
    contactId: text(fields['contactId']),
    description: text(fields['description']),
    representativeIds: texts(fields['representativeIds']),
    isClient: before?.isClient ?? false,
    isOtherSide: before?.isOtherSide ?? false,
    relationships: given?.map((one) => relationshipOf(call.world.random.uuid(), one)) ?? before?.relationships ?? [],
  };
  return later(call, role.id, { how: 'put', role }, before);
}

function remove(call: Call): Answer {
  const role = roleAt(call, 'id');
  return later(call, role.id, { how: 'remove', roleId: role.id }, role);
}

function relationships(call: Call): Answer {
  const matter = findMatter(call);
  const role = roleAt(call, 'roleId');
  const links = new Links(call.hrefBase);
  const href = `${call.hrefBase}/matters/${matter.id}/roles/${role.id}/relationships`;
  const views = role.relationships.map((known) => relationshipView(matter, role, known, links));
  return ok({ id: role.id, href, method: 'GET', versionId: matter.versionId, relationships: views });
}

function relationship(call: Call): Answer {
  const role = roleAt(call, 'roleId');
  return ok(relationshipView(findMatter(call), role, relationshipAt(call, role), new Links(call.hrefBase)));
}

function putRelationship(call: Call, id: string | null): Answer {
  const role = roleAt(call, 'roleId');
  const fields = readFields(call.body, RELATIONSHIP_SHAPE);
  requireFields(fields, ['name']);
  const changed = relationshipOf(id ?? call.world.random.uuid(), fields);
  return later(call, changed.id, { how: 'put-relationship', roleId: role.id, relationship: changed }, role);
}

function changeRelationship(call: Call): Answer {
  return putRelationship(call, relationshipAt(call, roleAt(call, 'roleId')).id);
}

function removeRelationship(call: Call): Answer {
  const role = roleAt(call, 'roleId');
  const { id } = relationshipAt(call, role);
  return later(call, id, { how: 'remove-relationship', roleId: role.id, relationshipId: id }, role);
}

function roleAt(call: Call, parameter: 'id' | 'roleId'): MatterRole {
  const id = call.params[parameter] ?? '';
  const role = rolesOf(findMatter(call)).find((known) => known.id === id);
  if (role === undefined) throw new Refusal(notFound('Role', id));
  return role;
}

function relationshipAt(call: Call, role: MatterRole): MatterRelationship {
  const id = call.params['id'] ?? '';
  const known = role.relationships.find((one) => one.id === id);
  if (known === undefined) throw new Refusal(notFound('Relationship', id));
  return known;
}

function relationshipOf(id: string, fields: Fields): MatterRelationship {
  const name = text(fields['name']) ?? '';
  return { id, name, contactId: text(fields['contactId']), representativeIds: texts(fields['representativeIds']) };
}

function later(call: Call, id: string, change: RoleChange, role: MatterRole | null): Answer {
  const matter = findMatter(call);
  const isRelationship = change.how.endsWith('relationship');
  const rolePath = `matters/${matter.id}/roles/${isRelationship ? (role?.id ?? '') : id}`;
  return writeLater(call, {
    operation: 'matters.roles',
    resourceName: isRelationship ? 'Relationship' : 'Role',
    id,
    recordId: matter.id,
    path: isRelationship ? `${rolePath}/relationships/${id}` : rolePath,
    input: change,
    lateError: lateError(call, matter, change, role),
  });
}

/** Contacts that are not there, and changes after which the matter would break its own rules. */
function lateError(call: Call, matter: MatterRecord, change: RoleChange, role: MatterRole | null): string | undefined {
  const named = change.how === 'put' ? [change.role, ...change.role.relationships] : [];
  if (change.how === 'put-relationship') named.push(change.relationship);
  const contactIds = named.flatMap((one) => [
    ...(one.contactId === null ? [] : [one.contactId]),
    ...one.representativeIds,
  ]);
  const unknown = contactIds.find((id) => call.firm.contacts.get(id) === undefined);
  if (unknown !== undefined) return `Contact ${unknown} does not belong to account ${call.firm.accountId}.`;
  const next = withRoleChange(matter, change);
  if (next.clientIds.length === 0) return 'At least one client is required.';
  const isParty = role !== null && (role.isClient || role.isOtherSide);
  if (!isParty || change.how !== 'put') return undefined;
  if (change.role.contactId === null) return `Role ${change.role.name} needs a contact.`;
  const type = call.world.catalogue(call.firm.tenant).get(matter.matterTypeId);
  const isKnown = type === undefined || type.representativeOptions.includes(change.role.name);
  return isKnown ? undefined : `Role ${change.role.name} is not valid for matter type ${type.name}.`;
}
