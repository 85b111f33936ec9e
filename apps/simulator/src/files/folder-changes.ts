import type { Firm } from '../model/firm';
import type { PlainRecord } from '../model/records';
import type { PlainInput } from '../resources/plain-changes';
import { text } from '../resources/read-input';
import type { Commit } from '../store/writes';
import type { World } from '../world';
import { deletedFile, raiseFilesUpdated, storeFile } from './file-changes';

/** A new folder, or another version of one; each renaming, move and deletion is an entry in its history. */
export function writeFolder(firm: Firm, commit: Commit, world: World): void {
  const input = commit.input as PlainInput;
  const before = firm.plain.folders.get(commit.id);
  if (input.how !== 'create' && before === undefined) return;
  const keepsBody = input.how === 'patch' || input.how === 'delete';
  const body = keepsBody ? { ...before?.body, ...input.fields } : input.fields;
  const folder = stampedFolder(firm, commit, world, before, body, input.how === 'delete');
  const isGone = input.how === 'delete' && before?.isDeleted === false;
  if (isGone) deleteContents(firm, commit, world, folder);
}

function stampedFolder(
  firm: Firm,
  commit: Commit,
  world: World,
  before: PlainRecord | undefined,
  body: PlainRecord['body'],
  isDeleted: boolean,
): PlainRecord {
  const input = commit.input as PlainInput;
  const now = world.clock.iso();
  const userId = text(input.fields['userId']) ?? commit.origin.userId;
  const changes = before === undefined ? [{ changeType: 'Create' }] : changesOf(before, body, isDeleted);
  const entries = changes.map((change) => {
    return { id: world.random.uuid(), type: 'Folder', timestamp: now, userId, ...change };
  });
  return firm.plain.folders.put({
    id: before?.id ?? commit.id,
    matterId: before?.matterId ?? input.matterId,
    isDeleted,
    versionId: world.random.uuid(),
    lastUpdated: world.clock.ticks().toString(),
    createdAt: before?.createdAt ?? now,
    updatedAt: before === undefined ? null : now,
    createdBy: before?.createdBy ?? userId,
    updatedBy: before === undefined ? null : userId,
    body,
    history: [...(before?.history ?? []), ...entries],
  });
}

function changesOf(before: PlainRecord, body: PlainRecord['body'], isDeleted: boolean): Record<string, unknown>[] {
  const [oldName, newName] = [before.body['name'], body['name']];
  const [oldFolderId, newFolderId] = [text(before.body['parentFolderId']), text(body['parentFolderId'])];
  return [
    ...(oldName === newName ? [] : [{ changeType: 'Rename', oldName, newName }]),
    ...(oldFolderId === newFolderId ? [] : [{ changeType: 'Move', oldFolderId, newFolderId }]),
    ...(isDeleted && !before.isDeleted ? [{ changeType: 'Delete' }] : []),
  ];
}

/** What is in a deleted folder is deleted with it. */
function deleteContents(firm: Firm, commit: Commit, world: World, folder: PlainRecord): void {
  for (const child of [...firm.plain.folders.values()]) {
    if (child.isDeleted || text(child.body['parentFolderId']) !== folder.id) continue;
    deleteContents(firm, commit, world, stampedFolder(firm, commit, world, child, child.body, true));
  }
  for (const file of [...firm.files.values()]) {
    if (file.isDeleted || file.folderId !== folder.id) continue;
    storeFile(world, firm, deletedFile(world, file, commit.origin));
    raiseFilesUpdated(world, firm, file, commit.origin);
  }
}
