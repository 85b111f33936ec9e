import type { Call, Route } from '../gateway/call';
import { accepted, notFound, Refusal, type Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { ContactRecord, TagRecord } from '../model/records';
import type { World } from '../world';
import { newVersion, raise } from './contact-changes';
import { contactTags } from './contact-view';
import { findContact } from './find-record';
import { collectionAnswer } from './paging';
import { readBodyAs, refuseField } from './read-input';

export const contactTagRoutes: readonly Route[] = [
  { method: 'GET', template: '/contacts/{id}/tags', scopes: ['contacts/read'], handle: list },
  { method: 'POST', template: '/contacts/{id}/tags', scopes: ['contacts/write'], handle: add },
  { method: 'DELETE', template: '/contacts/{id}/tags/{tagId}', scopes: ['contacts/write'], handle: remove },
];

function list(call: Call): Answer {
  return collectionAnswer(call, contactTags(call.firm, findContact(call, call.params['id'] ?? '')));
}

/** A list of names. Tags of contacts belong to the account: the same name is the same tag. */
function add(call: Call): Answer {
  const contact = findContact(call, call.params['id'] ?? '');
  if (!Array.isArray(call.body)) refuseField('tags', 'A list of tag names is required.');
  const names = readBodyAs<readonly string[]>(call.body, ['text']).map((name) => name.trim());
  if (names.includes('')) refuseField('tags', 'A tag name must not be empty.');
  const tags = names.map((name) => tagNamed(call.world, call.firm, name));
  storeTags(call, contact, [...new Set([...contact.tagIds, ...tags.map((tag) => tag.id)])]);
  const href = `${call.hrefBase}/contacts/${contact.id}/tags`;
  return { status: 201, body: { id: contact.id, href, rel: 'tags', method: 'GET' } };
}

/** The tag in the path, and those listed in the body, if there is one. */
function remove(call: Call): Answer {
  const contact = findContact(call, call.params['id'] ?? '');
  const tagId = call.params['tagId'] ?? '';
  const more = call.body === undefined ? [] : readBodyAs<readonly string[]>(call.body, ['text']);
  if (!contact.tagIds.includes(tagId)) throw new Refusal(notFound('Tag', tagId));
  const gone = new Set([tagId, ...more]);
  storeTags(
    call,
    contact,
    contact.tagIds.filter((id) => !gone.has(id)),
  );
  const href = `${call.hrefBase}/contacts/${contact.id}/tags`;
  return accepted({ id: contact.id, href, rel: 'tags', method: 'GET' });
}

function storeTags(call: Call, contact: ContactRecord, tagIds: readonly string[]): void {
  const now = { ...contact, tagIds, ...newVersion(call.world) };
  call.firm.contacts.put(now);
  call.world.noteChange({ kind: 'contact', tenant: call.firm.tenant, id: contact.id });
  if (call.world.switches().tag_events) raise(call.firm, call, call.world, now, 'contact.updated');
}

/** The account's contact tag with this name, made when it is new. */
export function tagNamed(world: World, firm: Firm, name: string): TagRecord {
  const wanted = name.toLowerCase();
  const known = world.isOff('sharedTags') ? [] : firm.contactTags.values();
  for (const tag of known) if (tag.name.toLowerCase() === wanted) return tag;
  const tag: TagRecord = { id: world.random.uuid(), name, type: 'Custom', color: null };
  return firm.contactTags.put(tag.id, tag);
}
