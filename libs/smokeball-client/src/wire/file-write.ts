import { z } from 'zod';
import { dateTimeIn, textIn } from './scalars';

const fileName = z.string().min(1).max(256);
const fileAdditionalData = z.record(z.string(), z.string()).nullish();

/** A place for a new file. `fileName` includes the extension; `fileAdditionalData` comes back as `additionalData`. */
export const newFileSchema = z.strictObject({
  fileName,
  folderId: textIn,
  folderPath: textIn,
  userId: textIn,
  fileAdditionalData,
  dateCreated: dateTimeIn,
  dateModified: dateTimeIn,
});
export type NewFile = z.input<typeof newFileSchema>;

/** A changed file. `folderId` must be said: null moves the file to the root. */
export const fileEditSchema = z.strictObject({
  fileName,
  folderId: z.string().nullable(),
  userId: textIn,
  fileAdditionalData,
  isFavorite: z.boolean().nullish(),
});
export type FileEdit = z.input<typeof fileEditSchema>;

export const newFolderSchema = z.strictObject({
  name: z.string().min(1).max(256),
  parentFolderId: textIn,
  userId: textIn,
});
export type NewFolder = z.input<typeof newFolderSchema>;
