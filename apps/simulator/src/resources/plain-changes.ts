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
  /** The task that this is a part of: it has changed too, and its event tells. */
  readonly partOf?: string;
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
    ...(before?.childIds === undefined ? {} : { childIds: before.childIds }),
  };
  collection.put(record);
  if (input.partOf !== undefined) touchTask(firm, input.partOf, commit, world, views);
  const kind = views[input.resource];
  if (kind === undefined) return;
  const isRestored = input.resource === 'memos' && input.how === 'put' && before?.isDeleted === true;
  const changed = isRestored ? 'restored' : 'updated';
  const verb = input.how === 'create' ? 'created' : input.how === 'delete' ? 'deleted' : changed;
  world.dispatcher.raise(firm, { type: `${kind.event}.${verb}`, payload: kind.view(record), origin: commit.origin });
  const isCompleted = body['isCompleted'] === true && before?.body['isCompleted'] !== true;
  if (input.resource === 'tasks' && isCompleted && verb !== 'deleted') {
    world.dispatcher.raise(firm, { type: 'task.completed', payload: kind.view(record), origin: commit.origin });
  }
}

function touchTask(firm: Firm, taskId: string, commit: Commit, world: World, views: PlainViews): void {
  const before = firm.plain.tasks.get(taskId);
  if (before === undefined) return;
  const isSubtask = (commit.input as PlainInput).resource === 'subtasks';
  const childIds = isSubtask ? [...new Set([...(before.childIds ?? []), commit.id])] : before.childIds;
  const stamps = { versionId: world.random.uuid(), lastUpdated: world.clock.ticks().toString() };
  const task = firm.plain.tasks.put({ ...before, ...stamps, childIds, updatedAt: world.clock.iso() });
  world.dispatcher.raise(firm, { type: 'task.updated', payload: views.tasks?.view(task), origin: commit.origin });
}

/** Why a staff member or a matter named by a write is not acceptable; told later. */
export function latePlainError(call: Call, staffIds: readonly string[], matterId: string | null): string | undefined {
  const account = call.firm.accountId;
  const staff = staffIds.find((id) => call.firm.staff.get(id) === undefined);
  if (staff !== undefined) return `Staff ${staff} does not belong to account ${account}.`;
  const isUnknown = matterId !== null && call.firm.matters.get(matterId) === undefined;
  return isUnknown ? `Matter ${matterId} does not belong to account ${account}.` : undefined;
}
