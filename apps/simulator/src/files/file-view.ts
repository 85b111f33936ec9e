import type { FileRecord } from '../model/records';
import type { Links } from '../resources/links';

/** A file as it is read: the name without its extension, `folder` absent at the root. */
export function fileView(file: FileRecord, links: Links): Record<string, unknown> {
  const path = `matters/${file.matterId}/documents/files/${file.id}`;
  const newest = file.versions[file.versions.length - 1];
  const folderPath = `matters/${file.matterId}/documents/folders/${file.folderId ?? ''}`;
  return {
    id: file.id,
    href: links.href(path),
    method: 'GET',
    self: { id: file.id, href: links.href(path), rel: 'self', method: 'GET' },
    versionId: newest?.versionId ?? `${file.id}${'0'.repeat(32)}`,
    folder: file.folderId === null ? undefined : links.to(folderPath, file.folderId, 'Folder'),
    matter: links.to(`matters/${file.matterId}`, file.matterId, 'Matter'),
    name: file.name,
    fileExtension: file.fileExtension,
    ownerId: file.ownerId,
    dateCreated: file.dateCreated,
    dateModified: file.dateModified,
    sizeBytes: newest?.sizeBytes ?? 0,
    downloadInfo: links.to(`${path}/download`, file.id, 'Download'),
    additionalData: file.additionalData,
    isFavorite: file.isFavorite,
    isUploaded: file.isUploaded,
    isCancelled: file.isCancelled,
    isDuplicate: false,
    isDeleted: file.isDeleted,
  };
}
