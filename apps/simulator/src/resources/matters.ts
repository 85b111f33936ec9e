import type { Call, Route } from '../gateway/call';
import { badRequest, ok, Refusal, type Answer } from '../http/answer';
import type { MatterRecord } from '../model/records';
import { findMatter, maySee } from './find-record';
import { Links } from './links';
import { newMatter, patchedMatter, replacedMatter } from './matter-changes';
import {
  checksWhenApplied,
  checkMatterBody,
  checkPatchBody,
  lateConversionError,
  lateMatterError,
} from './matter-rules';
import { MATTER_PATCH_SHAPE, MATTER_SHAPE } from './matter-shapes';
import { matterView, partyNames } from './matter-view';
import { momentParameter } from './moment-parameter';
import { pagedAnswer } from './paging';
import { readFields, refuseField, requireFields, text, type Fields } from './read-input';
import { sortRows } from './sort-rows';
import { writeLater } from './write-later';

const REQUIRED = ['matterTypeId', 'clientIds', 'status'];
const PATCH_RULES = { checkBody: checkPatchBody, lateError: lateConversionError };
const NO_PATCH_RULES = { checkBody: () => undefined, lateError: () => undefined };

export const matterRoutes: readonly Route[] = [
  { method: 'GET', template: '/matters', scopes: ['matters/read'], handle: list },
  { method: 'POST', template: '/matters', scopes: ['matters/write'], handle: create },
  { method: 'GET', template: '/matters/{matterId}', scopes: ['matters/read'], handle: read },
  { method: 'PUT', template: '/matters/{matterId}', scopes: ['matters/write'], handle: replace },
  { method: 'PATCH', template: '/matters/{matterId}', scopes: ['matters/write'], handle: patch },
  { method: 'DELETE', template: '/matters/{matterId}', scopes: ['matters/write'], handle: remove },
];

function list(call: Call): Answer {
  const { firm, query, world } = call;
  const contactId = query.one('ContactId');
  const rows = contactId === undefined ? firm.matters.listing.values() : firm.matters.listing.ofContact(contactId);
  const tests = [typeTest(call), statusTest(call), sinceTest(call), searchTest(call)];
  const typeId = query.one('MatterTypeId')?.toLowerCase();
  if (typeId !== undefined) tests.push((matter) => matter.matterTypeId.toLowerCase() === typeId);
  const found = [...rows].filter((matter) => maySee(matter, call.userId) && tests.every((test) => test(matter)));
  const sorted = sortRows(found, query.one('Sort'), {
    status: (matter) => matter.status,
    lastupdated: (matter) => matter.versionId,
  });
  const fields = query.names('Fields');
  const options = { withItems: fields.has('items'), withTags: fields.has('tags') };
  const catalogue = world.catalogue(firm.tenant);
  return pagedAnswer(call, sorted, (matter, links) => matterView(firm, catalogue, matter, links, options));
}

type MatterTest = (matter: MatterRecord) => boolean;

function typeTest(call: Call): MatterTest {
  const isLead = call.query.one('IsLead')?.toLowerCase();
  if (!call.query.has('Type') && isLead !== undefined) return (matter) => `${matter.isLead}` === isLead;
  const types = call.query.has('Type') ? call.query.names('Type') : new Set(['matters']);
  return (matter) => types.has(matter.isLead ? 'leads' : 'matters');
}

function statusTest(call: Call): MatterTest {
  const statuses = new Set(call.query.all('Status').map((status) => status.toLowerCase()));
  const hidesDeleted = call.world.switches().list_excludes_deleted_matters && statuses.size === 0;
  if (hidesDeleted) return (matter) => matter.status !== 'Deleted';
  return (matter) => statuses.size === 0 || statuses.has(matter.status.toLowerCase());
}

function sinceTest(call: Call): MatterTest {
  const since = momentParameter(call);
  return (matter) => since === undefined || BigInt(matter.versionId) >= since;
}

/** Plain "contains" over clients, other sides, description and number; there is no syntax in it. */
function searchTest(call: Call): MatterTest {
  const wanted = call.query.one('Search')?.trim().toLowerCase();
  if (wanted === undefined || wanted === '' || call.world.isOff('matterSearch')) return () => true;
  return (matter) => {
    const names = partyNames(call.firm, [...matter.clientIds, ...matter.otherSideIds]);
    const all = [...names, text(matter.body['description']) ?? '', matter.number ?? ''];
    return all.some((candidate) => candidate.toLowerCase().includes(wanted));
  };
}

function read(call: Call): Answer {
  const catalogue = call.world.catalogue(call.firm.tenant);
  const options = { withItems: true, withTags: true };
  return ok(matterView(call.firm, catalogue, findMatter(call), new Links(call.hrefBase), options));
}

function create(call: Call): Answer {
  const fields = readFields(call.body, MATTER_SHAPE);
  if (!call.world.isOff('requiredMembers')) {
    requireFields(fields, REQUIRED);
    checkMatterBody(fields);
  }
  const id = call.world.random.uuid();
  const next = newMatter(call.world, call.firm, id, fields);
  return later(call, 'matters.create', id, fields, lateError(call, next) ?? numberError(call, next, undefined));
}

function replace(call: Call): Answer {
  const before = findMatter(call);
  const fields = readFields(call.body, MATTER_SHAPE);
  requireFields(fields, REQUIRED);
  checkMatterBody(fields);
  const next = replacedMatter(call.world, call.firm, before, fields);
  const error = lateConversionError(fields, before) ?? lateError(call, next) ?? numberError(call, next, before);
  return later(call, 'matters.change', before.id, { how: 'put', fields }, error);
}

function patch(call: Call): Answer {
  const before = findMatter(call);
  const given = withoutNulls(call, readFields(call.body, MATTER_PATCH_SHAPE));
  const fields = withIsLead(call, given, before);
  const rules = call.world.isOff('matterRules') ? NO_PATCH_RULES : PATCH_RULES;
  checkMatterBody(fields);
  rules.checkBody(fields, before);
  const next = patchedMatter(call.world, before, fields, call.firm.tenant);
  checkMatterBody({ ...next.body });
  if (next.clientIds.length === 0) throw new Refusal(badRequest('At least one client is required.'));
  const error = rules.lateError(fields, before) ?? lateError(call, next) ?? numberError(call, next, before);
  return later(call, 'matters.change', before.id, { how: 'patch', fields }, error);
}

function remove(call: Call): Answer {
  return later(call, 'matters.delete', findMatter(call).id, null, undefined);
}

/** Nobody knows what a null in a PATCH does; the switch holds the three answers. */
function withoutNulls(call: Call, fields: Fields): Fields {
  const how = call.world.switches().patch_null;
  if (how === 'clears') return fields;
  const entries = Object.entries(fields);
  const [name] = entries.find(([, value]) => value === null) ?? [];
  if (name !== undefined && how === 'refused') refuseField(name, `The ${name} field must not be null.`);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** Nobody knows whether an absent `isLead` reads as false; the switch holds both answers. */
function withIsLead(call: Call, fields: Fields, before: MatterRecord): Fields {
  const isAbsent = fields['isLead'] === undefined || fields['isLead'] === null;
  const readsAsFalse = call.world.switches().omitted_is_lead_means_false && before.isLead;
  return isAbsent && readsAsFalse ? { ...fields, isLead: false } : fields;
}

function lateError(call: Call, next: MatterRecord): string | undefined {
  const switches = call.world.switches();
  if (checksWhenApplied(switches)) return undefined;
  return lateMatterError(call.firm, call.world.catalogue(call.firm.tenant), next, switches);
}

function numberError(call: Call, next: MatterRecord, before: MatterRecord | undefined): string | undefined {
  if (!call.world.switches().unique_matter_numbers || next.number === null) return undefined;
  if (next.number === before?.number) return undefined;
  for (const matter of call.firm.matters.values()) {
    if (matter.number === next.number) return `Matter number ${next.number} is already in use.`;
  }
  return undefined;
}

function later(call: Call, operation: string, id: string, input: unknown, error: string | undefined): Answer {
  return writeLater(call, { operation, resourceName: 'Matter', id, path: `matters/${id}`, input, lateError: error });
}
