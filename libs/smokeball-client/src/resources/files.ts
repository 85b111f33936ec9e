import type { CallContext } from '../http/call-context';
import type { CallResult } from '../http/call-result';
import type { SmokeballTransport } from '../http/transport';
import {
  downloadInfoSchema,
  fileSchema,
  uploadAddressSchema,
  type DownloadInfo,
  type SmokeballFile,
  type UploadAddress,
} from '../wire/file';
import { fileHistoryEntrySchema, type FileHistoryEntry } from '../wire/file-history';
import { fileEditSchema, newFileSchema, type FileEdit, type NewFile } from '../wire/file-write';
import { acceptedSchema } from '../wire/link';
import { collectionSchema, pageSchema, type Page, type PageRequest } from '../wire/page';
import { FileStorage } from './file-storage';
import { FoldersResource } from './folders';
import { pageQuery } from './paging';

export interface FileFilter extends PageRequest {
  /** From a `files.updated` event: only what changed since. Excludes sort and search. */
  readonly cursor?: string;
  /** e.g. `desc(DateCreated)` */
  readonly sort?: string;
  /** Terms from `searchTerm('query' | 'fileExtension', …)`, ANDed. */
  readonly search?: readonly string[];
}

const LIST = '/matters/{matterId}/documents/files';

/** Files of a matter: their records here, their bytes in storage that needs no credentials. docs/smokeball-api.md#files */
export class FilesResource {
  readonly folders: FoldersResource;

  constructor(
    private readonly transport: SmokeballTransport,
    private readonly storage: FileStorage,
  ) {
    this.folders = new FoldersResource(transport);
  }

  list(matterId: string, filter: FileFilter, context: CallContext): Promise<CallResult<Page<SmokeballFile>>> {
    const { cursor } = filter;
    const order = cursor === undefined ? { Sort: filter.sort, Search: filter.search } : { Cursor: cursor };
    const query = { ...pageQuery(filter), ...order };
    const answer = pageSchema(fileSchema, filter);
    return this.transport.call({ method: 'GET', ...list(matterId), query, answer }, context);
  }

  /** 404 and `isUploaded: false` both mean: not taken in yet. */
  get(matterId: string, fileId: string, context: CallContext): Promise<CallResult<SmokeballFile>> {
    return this.transport.call({ method: 'GET', ...item(matterId, fileId), answer: fileSchema }, context);
  }

  /** Makes a place for a new file and says where to put its bytes. Doing it twice makes two files. */
  createSlot(matterId: string, file: NewFile, context: CallContext): Promise<CallResult<UploadAddress>> {
    const body = { schema: newFileSchema, value: file };
    return this.transport.call({ method: 'POST', ...list(matterId), body, answer: uploadAddressSchema }, context);
  }

  /** A fresh upload address for a file: for its first bytes after the old one expired, or for a new version. */
  uploadAddress(matterId: string, fileId: string, context: CallContext): Promise<CallResult<UploadAddress>> {
    return this.transport.call(
      { method: 'GET', ...item(matterId, fileId, '/upload'), answer: uploadAddressSchema },
      context,
    );
  }

  /** Changes name, folder or data. Uploading to the answered address also makes a version; not uploading changes nothing else. */
  edit(matterId: string, fileId: string, edit: FileEdit, context: CallContext): Promise<CallResult<UploadAddress>> {
    const body = { schema: fileEditSchema, value: edit };
    return this.transport.call(
      { method: 'PATCH', ...item(matterId, fileId), body, answer: uploadAddressSchema },
      context,
    );
  }

  history(matterId: string, fileId: string, context: CallContext): Promise<CallResult<readonly FileHistoryEntry[]>> {
    const answer = collectionSchema(fileHistoryEntrySchema);
    return this.transport.call({ method: 'GET', ...item(matterId, fileId, '/history'), answer }, context);
  }

  /** @param versionId a `documentVersionId`; the current version when undefined */
  downloadInfo(
    matterId: string,
    fileId: string,
    versionId: string | undefined,
    context: CallContext,
  ): Promise<CallResult<DownloadInfo>> {
    const query = { versionId };
    return this.transport.call(
      { method: 'GET', ...item(matterId, fileId, '/download'), query, answer: downloadInfoSchema },
      context,
    );
  }

  /** Soft: the file stays listed with `isDeleted`. */
  remove(matterId: string, fileId: string, context: CallContext): Promise<CallResult<void>> {
    const { route, path } = item(matterId, fileId);
    const uuids = ['matterId', 'fileId'];
    return this.transport.call({ method: 'DELETE', route, path, uuids, answer: acceptedSchema }, context);
  }

  /** See `FileStorage.upload`. */
  uploadBytes(...args: Parameters<FileStorage['upload']>): ReturnType<FileStorage['upload']> {
    return this.storage.upload(...args);
  }

  /** See `FileStorage.download`. */
  downloadBytes(...args: Parameters<FileStorage['download']>): ReturnType<FileStorage['download']> {
    return this.storage.download(...args);
  }
}

function list(matterId: string) {
  return { route: LIST, path: { matterId }, uuids: ['matterId'] };
}

function item(matterId: string, fileId: string, below: '' | '/upload' | '/history' | '/download' = '') {
  return { route: `${LIST}/{fileId}${below}`, path: { matterId, fileId }, uuids: ['matterId'] };
}
