import { z } from 'zod';
import { text } from './scalars';

/** One change of a file or folder. `documentVersionId` only where a version was replaced or brought back. */
export const fileHistoryEntrySchema = z.object({
  id: text,
  type: text,
  changeType: text,
  timestamp: text,
  oldName: text,
  newName: text,
  oldMatterId: text,
  newMatterId: text,
  oldFolderId: text,
  newFolderId: text,
  documentVersionId: text,
  userId: text,
});
export type FileHistoryEntry = z.output<typeof fileHistoryEntrySchema>;
