import { z } from 'zod';
import { fileSchema } from './file';
import { text } from './scalars';

export const folderSchema = z.object({ id: z.string(), parentId: text, name: text });
export type Folder = z.output<typeof folderSchema>;

/** What one folder holds. The answer is one root node, not a flat list: deeper folders need their own call. docs/smokeball-api.md#files */
export interface FolderListing {
  readonly folders: readonly Folder[];
  readonly files: readonly z.output<typeof fileSchema>[];
}

const node = z.object({ folders: z.array(folderSchema).default([]), files: z.array(fileSchema).default([]) });

export const folderListingSchema = z
  .object({ value: z.array(node).default([]) })
  .transform(({ value }): FolderListing => ({
    folders: value.flatMap(({ folders }) => folders),
    files: value.flatMap(({ files }) => files),
  }));
