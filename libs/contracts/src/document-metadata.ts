import { z } from 'zod';
import { caseHugIdSchema } from './casehug-id';
import { plainText } from './plain-text';

/** The largest file taken, in bytes. Source: docs/http-api.md#documents. */
export const DOCUMENT_MAX_BYTES = 100 * 1024 * 1024;
/** Smokeball's own limit of a file name, with extension. Source: docs/smokeball-api.md#files. */
export const SMOKEBALL_FILE_NAME_MAX = 256;

const NO_CONTROL_CHARACTERS = /^[^\p{Cc}\p{Cs}]*$/u;

const NO_DOT_FOLDERS = /^(?!(?:.*[/\\])?\.{1,2}(?:[/\\]|$))/su;

const metadataSchema = z.object({
  upload_id: caseHugIdSchema,
  document_id: caseHugIdSchema.nullish(),
  file_name: z
    .string()
    .min(1)
    .max(1000)
    .regex(NO_CONTROL_CHARACTERS, 'must not hold control characters')
    .regex(/[^.\s]/u, 'must hold more than dots and spaces'),
  content_type: z
    .string()
    .max(255)
    .regex(/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/, 'must be a media type such as application/pdf'),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .nullish(),
  status: z.string().min(1).max(50),
  folder: plainText(500).regex(NO_DOT_FOLDERS, 'must not hold a folder called . or ..').nullish(),
  replaces_upload_id: caseHugIdSchema.nullish(),
  download_url: z.url().max(2000).nullish(),
});
const OTHER = { path: ['replaces_upload_id'], error: 'must name another upload' };
const replacesAnother = ({ upload_id: id, replaces_upload_id: replaced }: z.infer<typeof metadataSchema>) =>
  replaced !== id;

export const documentMetadataSchema = metadataSchema.refine(replacesAnother, OTHER);
/** Metadata on its own, with the address that the bytes are fetched from. */
export const addressedMetadataSchema = metadataSchema.required({ download_url: true }).refine(replacesAnother, OTHER);
export type DocumentMetadata = z.infer<typeof documentMetadataSchema>;
