import type { Switches } from '../control/switches';
import type { Call, Route } from '../gateway/call';
import { badRequest, ok, problem, Refusal, type Answer } from '../http/answer';
import type { ContactRecord } from '../model/records';
import { contactReferenceError, readContact } from './contact-changes';
import { parseContactSearch, searchContacts } from './contact-search';
import { contactView } from './contact-view';
import { findContact } from './find-record';
import { Links } from './links';
import { collectionAnswer, pagedAnswer } from './paging';
import { readFields, refuseField, texts, ticksParameter } from './read-input';
import { sortRows } from './sort-rows';
import { writeLater } from './write-later';

const LARGEST_BATCH = 500;
const TYPES: Readonly<Record<string, (contact: ContactRecord, staff: ReadonlySet<string>) => boolean>> = {
  person: (contact) => contact.kind === 'person',
  organisation: (contact) => contact.kind === 'company',
  groupofpeople: (contact) => contact.kind === 'groupOfPeople',
  trust: (contact) => contact.kind === 'trust',
  staff: (contact, staff) => staff.has(contact.id),
};

export const contactRoutes: readonly Route[] = [
  { method: 'GET', template: '/contacts', scopes: ['contacts/read'], handle: list },
  { method: 'POST', template: '/contacts', scopes: ['contacts/write'], handle: create },
  { method: 'POST', template: '/contacts/batch', scopes: ['contacts/read'], handle: batch },
  { method: 'GET', template: '/contacts/{id}', scopes: ['contacts/read'], handle: read },
  { method: 'PUT', template: '/contacts/{id}', scopes: ['contacts/write'], handle: replace },
  { method: 'DELETE', template: '/contacts/{id}', scopes: ['contacts/write'], handle: remove },
];

function list(call: Call): Answer {
  const { firm, query } = call;
  const terms = call.world.isOff('contactSearch') ? [] : parseContactSearch(query.all('Search'));
  if (terms === undefined) throw new Refusal(badRequest('Invalid search term'));
  const since = ticksParameter(call, 'UpdatedSince');
  const withoutDeleted = query.one('ExcludeDeletedContacts')?.toLowerCase() === 'true';
  const kinds = query
    .all('Type')
    .map((type) => TYPES[type.toLowerCase()] ?? refuseField('Type', `Unknown type ${type}.`));
  const companyStaff = kinds.length > 0 ? staffOfCompanies(call) : new Set<string>();
  const rows: ContactRecord[] = [];
  for (const { contact } of searchContacts(firm.contacts.listing, terms, searchSwitches(call))) {
    if (withoutDeleted && contact.isDeleted) continue;
    if (since !== undefined && BigInt(contact.lastUpdated) < since) continue;
    if (kinds.length > 0 && !kinds.some((fits) => fits(contact, companyStaff))) continue;
    rows.push(contact);
  }
  const sorted = sortRows(rows, query.one('Sort'), { lastupdated: (contact) => contact.lastUpdated });
  const withTags = query.names('Fields').has('tags');
  return pagedAnswer(call, sorted, (contact, links) => contactView(firm, contact, links, withTags));
}

function searchSwitches({ world }: Call): Switches {
  return world.isOff('rawPhones') ? { ...world.switches(), phone_search: 'lenient' } : world.switches();
}

function staffOfCompanies(call: Call): Set<string> {
  const ids = new Set<string>();
  for (const contact of call.firm.contacts.values()) for (const id of texts(contact.body['staffIds'])) ids.add(id);
  return ids;
}

function read(call: Call): Answer {
  const contact = findContact(call, call.params['id'] ?? '');
  return ok(contactView(call.firm, contact, new Links(call.hrefBase)));
}

function create(call: Call): Answer {
  return write(call, call.world.random.uuid());
}

function replace(call: Call): Answer {
  return write(call, findContact(call, call.params['id'] ?? '').id);
}

function write(call: Call, id: string): Answer {
  const { world, tenant } = call;
  const input = readContact(call.body, tenant.info.region, world.isOff('oneKind') ? () => undefined : undefined);
  const lateError = contactReferenceError(call.firm, input);
  return writeLater(call, {
    operation: 'contacts.put',
    resourceName: 'Contact',
    id,
    path: `contacts/${id}`,
    input,
    lateError,
  });
}

function remove(call: Call): Answer {
  const { id } = findContact(call, call.params['id'] ?? '');
  return writeLater(call, {
    operation: 'contacts.delete',
    resourceName: 'Contact',
    id,
    path: `contacts/${id}`,
    input: null,
  });
}

function batch(call: Call): Answer {
  const ids = texts(readFields(call.body, { ids: ['text'] })['ids']);
  const keepsRules = !call.world.isOff('batch');
  if (keepsRules && ids.length > LARGEST_BATCH)
    throw new Refusal(problem(400, `At most ${LARGEST_BATCH} ids are allowed.`));
  const links = new Links(call.hrefBase);
  const ordered = keepsRules ? ids : [...new Set(ids)].sort();
  const found = ordered.flatMap((id) => call.firm.contacts.get(id) ?? []);
  return collectionAnswer(
    call,
    found.map((contact) => contactView(call.firm, contact, links)),
  );
}
