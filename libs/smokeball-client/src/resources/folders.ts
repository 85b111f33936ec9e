import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import { newFolderSchema, type NewFolder } from '../wire/file-write';
import { folderListingSchema, type FolderListing } from '../wire/folder';
import { createdSchema, type Created } from '../wire/link';

const LIST = '/matters/{matterId}/documents/folders';

/** Folders of a matter. docs/smokeball-api.md#files */
export class FoldersResource {
  constructor(private readonly transport: SmokeballTransport) {}

  /** What lies in one folder, or at the root when `folderId` is undefined. Walk down by calling again with a found folder's id. */
  list(matterId: string, folderId: string | undefined, context: CallContext): Promise<CallResult<FolderListing>> {
    const below = folderId === undefined ? '' : '/{folderId}';
    const path = { matterId, ...(folderId === undefined ? {} : { folderId }) };
    return this.transport.call(
      { method: 'GET', route: `${LIST}${below}`, path, uuids: ['matterId'], answer: folderListingSchema },
      context,
    );
  }

  /** Names need not be unique: creating twice makes two folders. */
  create(matterId: string, folder: NewFolder, context: CallContext): Promise<CallResult<Created>> {
    const body = { schema: newFolderSchema, value: folder };
    const path = { matterId };
    return this.transport.call(
      { method: 'POST', route: LIST, path, uuids: ['matterId'], body, answer: createdSchema },
      context,
    );
  }
}
