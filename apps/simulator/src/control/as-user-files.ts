import { splitFileName } from '../files/file-input';
import type { Firm } from '../model/firm';
import type { FileRecord } from '../model/records';
import { refuseField } from '../resources/read-input';
import { commitOf } from '../resources/write-later';
import type { World } from '../world';
import type { AsUserActions } from './as-user-actions';
import { AsUserError } from './as-user-error';
import { originOf } from './as-user-origin';

type FileActions = Pick<AsUserActions, 'editFile' | 'deleteFile' | 'addFolder'>;

/** What a person does with a matter's files, besides adding them. */
export function fileActions(world: World): FileActions {
  const find = (tenant: string, id: string): { readonly firm: Firm; readonly file: FileRecord } => {
    const firm = world.findTenant(tenant)?.firmWith((candidate) => candidate.files.get(id) !== undefined);
    const file = firm?.files.get(id);
    if (firm === undefined || file === undefined) throw new AsUserError(`There is no file ${id}.`);
    return { firm, file };
  };
  const apply = (firm: Firm, operation: string, id: string, input: unknown): { readonly id: string } => {
    world.writes.apply(commitOf(firm, { operation, id, input }, originOf(world, firm)));
    firm.refresh(operation === 'plain.write' ? 'folders' : 'files', id);
    world.database.flush();
    return { id };
  };
  return {
    editFile: (tenant, id, change) => {
      const { firm, file } = find(tenant, id);
      if (file.isDeleted) throw new AsUserError('A deleted file cannot be changed.');
      const fileName = change.fileName?.trim() ?? `${file.name}${file.fileExtension}`;
      if (fileName === '') refuseField('fileName', 'Give the file a name.');
      const folderId = change.folderId === undefined ? file.folderId : change.folderId;
      checkFolder(firm, file.matterId, folderId);
      const { ownerId, additionalData, isFavorite } = file;
      const input = { ...splitFileName(fileName), folderId, ownerId, additionalData, isFavorite };
      return apply(firm, 'files.edit', id, input);
    },
    deleteFile: (tenant, id) => apply(find(tenant, id).firm, 'files.delete', id, null),
    addFolder: (tenant, matterId, folder) => {
      const firm = world.findTenant(tenant)?.firmWith((candidate) => candidate.matters.get(matterId) !== undefined);
      if (firm === undefined) throw new AsUserError(`There is no matter ${matterId}.`);
      const name = folder.name.trim();
      if (name === '') refuseField('name', 'Give the folder a name.');
      checkFolder(firm, matterId, folder.parentFolderId);
      const fields = { name, ...(folder.parentFolderId === null ? {} : { parentFolderId: folder.parentFolderId }) };
      const input = { resource: 'folders', matterId, how: 'create', fields };
      const made = apply(firm, 'plain.write', world.random.uuid(), input);
      world.noteChange({ kind: 'file', tenant, id: made.id });
      return made;
    },
  };
}

function checkFolder(firm: Firm, matterId: string, folderId: string | null): void {
  if (folderId === null) return;
  const folder = firm.plain.folders.get(folderId);
  if (folder === undefined || folder.isDeleted || folder.matterId !== matterId)
    throw new AsUserError(`The matter has no folder ${folderId}.`);
}
