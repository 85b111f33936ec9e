import { z } from 'zod';
import type { Answer } from './answer';
import { timeSchema } from './time';

/** One change of a document's file as Smokeball remembers it; a name or version only where the change has one. */
export const documentChangeSchema = z.object({
  /** Smokeball's own word, such as `Create`, `VersionReplace`, `Rename` or `Move`. */
  change: z.string(),
  at: timeSchema.nullable(),
  old_name: z.string().nullable(),
  new_name: z.string().nullable(),
  version_id: z.string().nullable(),
  /** The upload that this version came from; null for one that somebody made in Smokeball. */
  upload_id: z.string().nullable(),
  /** Of the Smokeball user who did it. */
  user_id: z.string().nullable(),
});
export type DocumentChange = Answer<typeof documentChangeSchema>;

/** What became of a document's file in Smokeball, read there when asked, newest change first. Source: docs/http-api.md#documents. */
export const documentHistorySchema = z.object({
  upload_id: z.string(),
  smokeball_file_id: z.string(),
  file_name: z.string(),
  size_bytes: z.int().min(0).nullable(),
  current_version_id: z.string().nullable(),
  is_deleted: z.boolean(),
  changes: z.array(documentChangeSchema),
});
export type DocumentHistory = Answer<typeof documentHistorySchema>;

/** Which version's bytes are wanted; the current one's when not told. */
export const documentContentQuerySchema = z.object({
  version_id: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\w.:{}-]+$/, 'must be a version id as the history shows it')
    .optional(),
});
