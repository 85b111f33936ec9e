import type { Firm } from '../model/firm';
import type { FileInput } from './file-changes';

/**
 * Why a file cannot have this folder or owner: told only later, by an `error` event. A deleted folder is still known,
 * and so is the owner that the file has anyway.
 */
export function lateFileError(
  firm: Firm,
  { matterId, folderId, ownerId }: Pick<FileInput, 'matterId' | 'folderId' | 'ownerId'>,
  knownOwnerId: string | null,
): string | undefined {
  if (folderId !== null && firm.plain.folders.get(folderId)?.matterId !== matterId) {
    return `Folder ${folderId} was not found.`;
  }
  const isKnown = ownerId === null || ownerId === knownOwnerId || firm.users.get(ownerId) !== undefined;
  return isKnown ? undefined : `User ${ownerId} does not belong to account ${firm.accountId}.`;
}
