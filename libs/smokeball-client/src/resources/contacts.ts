import { z } from 'zod';
import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { contactSchema, contactTagSchema, type Contact, type ContactTag } from '../wire/contact';
import {
  contactReplacementSchema,
  contactWriteSchema,
  type ContactReplacement,
  type ContactWrite,
} from '../wire/contact-write';
import { acceptedSchema, createdSchema, linkSchema, type Created, type Link } from '../wire/link';
import { collectionSchema, pageSchema, type Page, type PageRequest } from '../wire/page';
import { pageQuery } from './paging';
import { searchTerm, type SearchMatch } from './search-term';

export type ContactKind = 'Staff' | 'Person' | 'Organisation' | 'GroupOfPeople' | 'Trust';

export interface ContactListFilter extends PageRequest {
  /** Ticks. */
  readonly updatedSince?: bigint;
  /** Smokeball lists deleted contacts too unless told otherwise. */
  readonly excludeDeleted?: boolean;
  readonly kinds?: readonly ContactKind[];
  /** Terms from `searchTerm('email' | 'phone' | 'name', …)`, ANDed. */
  readonly search?: readonly string[];
  /** e.g. `asc(LastUpdated)` */
  readonly sort?: string;
  /** Members that lists leave out unless named, e.g. `tags`. */
  readonly fields?: readonly string[];
}

export const MAX_CONTACT_BATCH = 500;

/** People, companies, trusts and groups. docs/smokeball-api.md#contacts */
export class ContactsResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** 404 right after a create means: not readable yet. */
  get(contactId: string, context: CallContext): Promise<CallResult<Contact>> {
    return this.transport.call({ ...one('GET', contactId), answer: contactSchema }, context);
  }

  list(filter: ContactListFilter, context: CallContext): Promise<CallResult<Page<Contact>>> {
    const query = {
      ...pageQuery(filter),
      UpdatedSince: filter.updatedSince,
      ExcludeDeletedContacts: filter.excludeDeleted,
      Type: filter.kinds,
      Search: filter.search,
      Sort: filter.sort,
      Fields: filter.fields?.join(','),
    };
    return this.transport.call(
      { method: 'GET', route: '/contacts', query, answer: pageSchema(contactSchema, filter) },
      context,
    );
  }

  /** Contacts, deleted ones excluded, whose e-mail is this one. Compare `person.email` and `company.email` again: the search is theirs. */
  searchByEmail(email: string, context: CallContext): Promise<CallResult<Page<Contact>>> {
    return this.searchBy('email', email, 'exact', context);
  }

  searchByName(name: string, match: SearchMatch, context: CallContext): Promise<CallResult<Page<Contact>>> {
    return this.searchBy('name', name, match, context);
  }

  /** Matches the number as somebody once typed it, so try digits with wildcards and verify what comes back. */
  searchByPhone(digits: string, match: SearchMatch, context: CallContext): Promise<CallResult<Page<Contact>>> {
    return this.searchBy('phone', digits, match, context);
  }

  /** Accepted, not done: the id is final, the contact readable later, and a late refusal comes only as an `error` webhook. */
  create(contact: ContactWrite, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: contactWriteSchema, value: contact };
    return this.transport.call({ method: 'POST', route: '/contacts', body, answer: createdSchema }, context);
  }

  /** Replaces the whole contact: build the body with `replacementOf(contact)`. */
  update(contactId: string, contact: ContactReplacement, context: CallContext): Promise<CallResult<void>> {
    const body = { schema: contactReplacementSchema, value: contact };
    return this.transport.call({ ...one('PUT', contactId), body, answer: acceptedSchema }, context);
  }

  /** Soft: the contact stays listed with `isDeleted`. */
  remove(contactId: string, context: CallContext): Promise<CallResult<void>> {
    return this.transport.call({ ...one('DELETE', contactId), answer: acceptedSchema }, context);
  }

  /** Up to 500 contacts in one call, in the order asked; unknown and foreign ids are left out without a word. */
  batch(contactIds: readonly string[], context: CallContext): Promise<CallResult<readonly Contact[]>> {
    const schema = z.strictObject({ ids: z.array(z.guid()).min(1).max(MAX_CONTACT_BATCH) });
    const body = { schema, value: { ids: contactIds } };
    const answer = collectionSchema(contactSchema);
    return this.transport.call({ method: 'POST', route: '/contacts/batch', body, answer }, context);
  }

  listTags(contactId: string, context: CallContext): Promise<CallResult<readonly ContactTag[]>> {
    const answer = collectionSchema(contactTagSchema);
    return this.transport.call({ ...tags('GET', contactId), answer }, context);
  }

  /** Tags by name. Done at once (201). */
  addTags(contactId: string, names: readonly string[], context: CallContext): Promise<CallResult<Link>> {
    const body = { schema: z.array(z.string().min(1)).min(1), value: names };
    return this.transport.call({ ...tags('POST', contactId), body, answer: linkSchema }, context);
  }

  removeTag(contactId: string, tagId: string, context: CallContext): Promise<CallResult<void>> {
    const path = { id: contactId, tagId };
    const uuids = ['id', 'tagId'];
    const route = '/contacts/{id}/tags/{tagId}';
    return this.transport.call({ method: 'DELETE', route, path, uuids, answer: acceptedSchema }, context);
  }

  private searchBy(
    field: 'email' | 'phone' | 'name',
    value: string,
    match: SearchMatch,
    context: CallContext,
  ): Promise<CallResult<Page<Contact>>> {
    return this.list({ search: [searchTerm(field, value, match)], excludeDeleted: true, limit: 100 }, context);
  }
}

function one<M extends 'GET' | 'PUT' | 'DELETE'>(method: M, id: string) {
  return { method, route: '/contacts/{id}', path: { id }, uuids: ['id'] };
}

function tags<M extends 'GET' | 'POST'>(method: M, id: string) {
  return { method, route: '/contacts/{id}/tags', path: { id }, uuids: ['id'] };
}
