import { z } from 'zod';
import { linkSchema } from './link';
import { flag, text, whole } from './scalars';

/** A file of a matter. `name` comes without, `fileExtension` with its dot; `folder` is empty at the root. docs/smokeball-api.md#files */
export const fileSchema = z
  .object({
    id: z.string(),
    versionId: text,
    folder: linkSchema.optional(),
    matter: linkSchema.optional(),
    name: text,
    fileExtension: text,
    ownerId: text,
    /** Only on e-mail messages. */
    to: text,
    from: text,
    dateCreated: text,
    dateModified: text,
    sizeBytes: whole,
    downloadInfo: linkSchema.optional(),
    additionalData: z.record(z.string(), z.unknown()).default({}),
    isFavorite: flag,
    isUploaded: flag,
    isCancelled: flag,
    isDuplicate: flag,
    isDeleted: flag,
  })
  .transform((file) => ({ ...file, folderId: file.folder?.id, matterId: file.matter?.id }));
export type SmokeballFile = z.output<typeof fileSchema>;

/** Where to put the bytes: `uploadUrl` works until `expiry` (ISO-8601) without any credentials. */
export const uploadAddressSchema = z.object({ fileId: z.string(), uploadUrl: z.url(), expiry: text });
export type UploadAddress = z.output<typeof uploadAddressSchema>;

/** Where to fetch the bytes of one version. */
export const downloadInfoSchema = z.object({
  fileId: text,
  name: text,
  fileExtension: text,
  downloadUrl: z.url(),
  expiry: text,
  sizeBytes: whole,
});
export type DownloadInfo = z.output<typeof downloadInfoSchema>;
