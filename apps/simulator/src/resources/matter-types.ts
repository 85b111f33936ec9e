import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import type { MatterTypeRecord } from '../model/matter-type-catalogue';
import { Links } from './links';
import { collectionAnswer, pagedAnswer } from './paging';
import { refuseField } from './read-input';

const SCOPES = ['mattertypes/read'];
const ONE_PAGE = 500;

export const matterTypeRoutes: readonly Route[] = [
  { method: 'GET', template: '/mattertypes', scopes: SCOPES, handle: list },
  { method: 'GET', template: '/mattertypes/categories', scopes: SCOPES, handle: categories },
  { method: 'GET', template: '/mattertypes/{id}', scopes: SCOPES, handle: read },
];

function list(call: Call): Answer {
  const { query } = call;
  const name = query.one('Name')?.toLowerCase();
  const location = query.one('Location')?.toLowerCase();
  const category = query.one('Category')?.toLowerCase();
  const type = query.one('Type');
  if (type !== undefined && type !== '0' && type !== '1') refuseField('Type', `The value '${type}' is not valid.`);
  const all = call.world.catalogue(call.tenant.info.name).types;
  const rows = (call.world.isOff('wholeCatalogue') ? all.slice(0, ONE_PAGE) : all).filter((row) => {
    if (type !== undefined && `${row.type}` !== type) return false;
    if (location !== undefined && row.location.toLowerCase() !== location) return false;
    if (category !== undefined && row.category.toLowerCase() !== category) return false;
    return name === undefined || row.name.toLowerCase().includes(name);
  });
  return pagedAnswer(call, rows, typeView);
}

function read(call: Call): Answer {
  const id = call.params['id'] ?? '';
  const type = call.world.catalogue(call.tenant.info.name).get(id);
  if (type === undefined) throw new Refusal(notFound('Matter type', id));
  return ok({ ...typeView(type, new Links(call.hrefBase)), items: [] });
}

function categories(call: Call): Answer {
  return collectionAnswer(call, call.world.catalogue(call.tenant.info.name).categories);
}

/** The href is in lower case although the id is not. */
export function typeView(type: MatterTypeRecord, links: Links): Record<string, unknown> {
  const href = links.href(`mattertypes/${type.id.toLowerCase()}`) ?? undefined;
  return {
    id: type.id,
    href,
    method: 'GET',
    self: { id: type.id, href, rel: 'self', method: 'GET' },
    versionId: type.versionId,
    name: type.name,
    category: type.category,
    type: type.type,
    representativeOptions: type.representativeOptions,
    location: type.location,
    isDeleted: false,
  };
}
