import type { Call } from '../gateway/call';
import type { Firm, PlainResource } from '../model/firm';
import type { PlainRecord } from '../model/records';
import type { Commit } from '../store/writes';
import type { World } from '../world';
import type { Fields } from './read-input';

/** A write of a memo, task, fee or activity code. */
export interface PlainInput {
  readonly resource: PlainResource;
  readonly matterId: string | null;
  readonly how: 'create' | 'put' | 'patch' | 'delete';
  readonly fields: Fields;
}

type View = (record: PlainRecord) => unknown;

/** How each resource looks in webhook payloads and how its events are called. */
export type PlainViews = Readonly<Partial<Record<PlainResource, { readonly event: string; readonly view: View }>>>;

/** `plain.write`: one handler for all resources that are a body and a few stamps. */
export function writePlain(firm: Firm, commit: Commit, world: World, views: PlainViews): void {
  const input = commit.input as PlainInput;
  const collection = firm.plain[input.resource];
  const before = collection.get(commit.id);
  if (input.how !== 'create' && before === undefined) return;
  const now = world.clock.iso();
  const userId = commit.origin.userId;
  const stamps = { versionId: world.random.uuid(), lastUpdated: world.clock.ticks().toString() };
  const body = input.how === 'patch' || input.how === 'delete' ? { ...before?.body, ...input.fields } : input.fields;
  const record: PlainRecord = {
    id: commit.id,
    matterId: input.matterId ?? before?.matterId ?? null,
    isDeleted: input.how === 'delete',
    ...stamps,
    createdAt: before?.createdAt ?? now,
    updatedAt: before === undefined ? null : now,
    createdBy: before?.createdBy ?? userId,
    updatedBy: before === undefined ? null : userId,
    body,
  };
  collection.put(record);
  const kind = views[input.resource];
  if (kind === undefined) return;
  const verb = input.how === 'create' ? 'created' : input.how === 'delete' ? 'deleted' : 'updated';
  world.dispatcher.raise(firm, { type: `${kind.event}.${verb}`, payload: kind.view(record), origin: commit.origin });
  const isCompleted = body['isCompleted'] === true && before?.body['isCompleted'] !== true;
  if (input.resource === 'tasks' && isCompleted && verb !== 'deleted') {
    world.dispatcher.raise(firm, { type: 'task.completed', payload: kind.view(record), origin: commit.origin });
  }
}

/** Why a staff member or a matter named by a write is not acceptable; told later. */
export function latePlainError(call: Call, staffIds: readonly string[], matterId: string | null): string | undefined {
  const account = call.firm.accountId;
  const staff = staffIds.find((id) => call.firm.staff.get(id) === undefined);
  if (staff !== undefined) return `Staff ${staff} does not belong to account ${account}.`;
  const isUnknown = matterId !== null && call.firm.matters.get(matterId) === undefined;
  return isUnknown ? `Matter ${matterId} does not belong to account ${account}.` : undefined;
}
