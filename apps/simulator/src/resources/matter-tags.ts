import type { Call, Route } from '../gateway/call';
import { accepted, notFound, Refusal, type Answer } from '../http/answer';
import type { Firm } from '../model/firm';
import type { MatterRecord, TagRecord } from '../model/records';
import type { World } from '../world';
import { findMatter } from './find-record';
import { Links } from './links';
import { raiseAll } from './matter-changes';
import { matterTags } from './matter-view';
import { collectionAnswer } from './paging';
import { readBodyAs, refuseField, text } from './read-input';

interface TagInput {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly color?: string | null;
  readonly type?: string | null;
}

const SHAPE = [{ id: 'text', name: 'text', color: 'text', type: 'text' }] as const;
const FIRST_COLOR = 'Brown';

export const matterTagRoutes: readonly Route[] = [
  { method: 'GET', template: '/matters/{matterId}/tags', scopes: ['matters/read'], handle: list },
  { method: 'POST', template: '/matters/{matterId}/tags', scopes: ['matters/write'], handle: add },
  { method: 'DELETE', template: '/matters/{matterId}/tags/{tagId}', scopes: ['matters/write'], handle: remove },
];

function list(call: Call): Answer {
  return collectionAnswer(call, matterTags(call.firm, findMatter(call), new Links(call.hrefBase)));
}

/** A list of objects, unlike the tags of contacts. */
function add(call: Call): Answer {
  const matter = findMatter(call);
  if (!Array.isArray(call.body)) refuseField('tags', 'A list of tags is required.');
  const inputs = readBodyAs<readonly TagInput[]>(call.body, SHAPE);
  const ids = inputs.map((input) => tagFor(call, input).id);
  storeTags(call, matter, [...new Set([...matter.tagIds, ...ids])]);
  return { status: 201, body: tagsLink(call, matter) };
}

function remove(call: Call): Answer {
  const matter = findMatter(call);
  const tagId = call.params['tagId'] ?? '';
  if (!matter.tagIds.includes(tagId)) throw new Refusal(notFound('Tag', tagId));
  const more = call.body === undefined ? [] : readBodyAs<readonly TagInput[]>(call.body, SHAPE);
  const gone = new Set([tagId, ...more.flatMap((tag) => tag.id ?? [])]);
  storeTags(
    call,
    matter,
    matter.tagIds.filter((id) => !gone.has(id)),
  );
  return accepted(tagsLink(call, matter));
}

function tagFor(call: Call, input: TagInput): TagRecord {
  if (input.type === 'Staff') {
    const staff = call.firm.staff.get(input.id ?? '');
    if (staff === undefined) return refuseField('id', 'A staff tag needs the id of a staff member.');
    const name = `${text(staff.body['firstName']) ?? ''} ${text(staff.body['lastName']) ?? ''}`.trim();
    const tag: TagRecord = { id: staff.id, name, type: 'Staff', color: input.color ?? FIRST_COLOR };
    return call.firm.matterTags.get(staff.id) ?? call.firm.matterTags.put(staff.id, tag);
  }
  if (input.type !== 'Custom') return refuseField('type', 'The type must be Staff or Custom.');
  const known = call.firm.matterTags.get(input.id ?? '');
  if (known !== undefined) return known;
  checkColor(call, text(input.color));
  const name = text(input.name)?.trim();
  if (name === undefined || name === '') return refuseField('name', 'A custom tag needs a name.');
  return matterTagNamed(call.world, call.firm, name, input.color ?? FIRST_COLOR);
}

function checkColor(call: Call, color: string | null): void {
  const allowed = call.world.switches().tag_colors;
  if (color === null || allowed.length === 0 || allowed.includes(color)) return;
  refuseField('color', `The color must be one of ${allowed.join(', ')}.`);
}

/** Custom tags belong to the account: the same name is the same tag, and its colour stays. */
export function matterTagNamed(world: World, firm: Firm, name: string, color: string): TagRecord {
  const known = world.isOff('sharedTags') ? [] : firm.matterTags.values();
  for (const tag of known) {
    if (tag.type === 'Custom' && tag.name.toLowerCase() === name.toLowerCase()) return tag;
  }
  const tag: TagRecord = { id: world.random.uuid(), name, type: 'Custom', color };
  return firm.matterTags.put(tag.id, tag);
}

function storeTags(call: Call, matter: MatterRecord, tagIds: readonly string[]): void {
  const now = { ...matter, tagIds, versionId: call.world.clock.ticks().toString() };
  call.firm.matters.put(now);
  call.world.noteChange({ kind: 'matter', tenant: call.firm.tenant, id: matter.id });
  if (call.world.switches().tag_events) raiseAll(call.firm, now, ['matter.updated'], call.origin, call.world);
}

function tagsLink(call: Call, matter: MatterRecord): unknown {
  return { id: matter.id, href: `${call.hrefBase}/matters/${matter.id}/tags`, rel: 'tags', method: 'GET' };
}
