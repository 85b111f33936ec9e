import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { MatterRecord } from '../model/records';
import { findMatter } from './find-record';
import { Links } from './links';
import { roleView } from './matter-role-view';
import { rolesOf } from './matter-roles-of';

/** Reading the roles and the items of a matter; roles are changed in `matter-role-writes.ts`. */
export const matterPartRoutes: readonly Route[] = [
  { method: 'GET', template: '/matters/{matterId}/roles', scopes: ['roles/read'], handle: roles },
  { method: 'GET', template: '/matters/{matterId}/roles/{id}', scopes: ['roles/read'], handle: role },
  { method: 'GET', template: '/matters/{matterId}/items', scopes: ['items/read'], handle: items },
  { method: 'GET', template: '/matters/{matterId}/items/{id}', scopes: ['items/read'], handle: item },
];

function roles(call: Call): Answer {
  const matter = findMatter(call);
  const links = new Links(call.hrefBase);
  const { id, versionId } = matter;
  const views = rolesOf(matter).map((known) => roleView(matter, known, links));
  return ok({ id, href: links.href(`matters/${id}/roles`), method: 'GET', versionId, matterId: id, roles: views });
}

function role(call: Call): Answer {
  const matter = findMatter(call);
  const id = call.params['id'] ?? '';
  const found = rolesOf(matter).find((known) => known.id === id);
  if (found === undefined) throw new Refusal(notFound('Role', id));
  return ok(roleView(matter, found, new Links(call.hrefBase)));
}

function items(call: Call): Answer {
  const matter = findMatter(call);
  const { id, versionId } = matter;
  const href = `${call.hrefBase}/matters/${id}/items`;
  return ok({ id, href, method: 'GET', versionId, items: itemViews(call, matter) });
}

function item(call: Call): Answer {
  const matter = findMatter(call);
  const id = call.params['id'] ?? '';
  const found = itemViews(call, matter).find((view) => view.id === id);
  if (found === undefined) throw new Refusal(notFound('Item', id));
  return ok(found);
}

function itemViews(call: Call, matter: MatterRecord): { readonly id: string }[] {
  return rolesOf(matter).map((known, index) => ({
    id: known.id,
    href: `${call.hrefBase}/matters/${matter.id}/items/${known.id}`,
    method: 'GET',
    name: known.name,
    index,
    visible: true,
    subItems: [],
  }));
}
