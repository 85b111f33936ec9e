import type { Call, Route } from '../gateway/call';
import { notFound, ok, Refusal, type Answer } from '../http/answer';
import { findContact } from './find-record';
import { Links } from './links';
import { pagedAnswer } from './paging';
import { readFields, requireFields, text } from './read-input';
import { writeLater } from './write-later';

export const contactRelationRoutes: readonly Route[] = [
  { method: 'GET', template: '/contacts/{contactId}/relations', scopes: ['contacts/read'], handle: list },
  { method: 'POST', template: '/contacts/{contactId}/relations', scopes: ['contacts/write'], handle: add },
  {
    method: 'GET',
    template: '/contacts/{contactId}/relations/{relatedContactId}',
    scopes: ['contacts/read'],
    handle: read,
  },
  {
    method: 'PUT',
    template: '/contacts/{contactId}/relations/{relatedContactId}',
    scopes: ['contacts/write'],
    handle: change,
  },
  {
    method: 'DELETE',
    template: '/contacts/{contactId}/relations/{relatedContactId}',
    scopes: ['contacts/write'],
    handle: remove,
  },
];

function list(call: Call): Answer {
  const contact = findContact(call, call.params['contactId'] ?? '');
  return pagedAnswer(call, contact.relations, (relation, links) =>
    links.contact(relation.contactId, relation.businessRole ?? 'Related'),
  );
}

function read(call: Call): Answer {
  const contact = findContact(call, call.params['contactId'] ?? '');
  const id = call.params['relatedContactId'] ?? '';
  const relation = contact.relations.find((known) => known.contactId === id);
  if (relation === undefined) throw new Refusal(notFound('Relation', id));
  return ok(new Links(call.hrefBase).contact(id, relation.businessRole ?? 'Related'));
}

function add(call: Call): Answer {
  const fields = readFields(call.body, { relatedContactId: 'text', businessRole: 'text' });
  requireFields(fields, ['relatedContactId']);
  return relate(call, text(fields['relatedContactId']) ?? '', text(fields['businessRole']), false);
}

function change(call: Call): Answer {
  const fields = readFields(call.body, { relatedContactId: 'text', businessRole: 'text' });
  return relate(call, call.params['relatedContactId'] ?? '', text(fields['businessRole']), false);
}

function remove(call: Call): Answer {
  return relate(call, call.params['relatedContactId'] ?? '', null, true);
}

function relate(call: Call, relatedId: string, businessRole: string | null, isRemoval: boolean): Answer {
  const contact = findContact(call, call.params['contactId'] ?? '');
  const isUnknown = !isRemoval && call.firm.contacts.get(relatedId) === undefined;
  return writeLater(call, {
    operation: 'contacts.relations',
    resourceName: 'ContactRelation',
    id: contact.id,
    path: `contacts/${contact.id}/relations/${relatedId}`,
    input: { contactId: relatedId, businessRole, remove: isRemoval },
    lateError: isUnknown ? `Contact ${relatedId} does not belong to account ${call.firm.accountId}.` : undefined,
  });
}
