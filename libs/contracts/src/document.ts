import { z } from 'zod';
import type { Answer } from './answer';
import { DOCUMENT_STATES } from './document-words';
import { operationErrorSchema } from './operation-error';
import { timeSchema } from './time';

/** A document of a matter, and where it stands in Smokeball. Source: docs/http-api.md#documents. */
export const matterDocumentSchema = z.object({
  upload_id: z.string(),
  document_id: z.string().nullable(),
  matter_id: z.string(),
  file_name: z.string(),
  content_type: z.string(),
  status: z.string(),
  state: z.enum(DOCUMENT_STATES),
  smokeball_file_id: z.string().nullable(),
  smokeball_version_id: z.string().nullable(),
  /** Null, like the size, as long as CaseHug has only named the document. */
  sha256: z.string().nullable(),
  size_bytes: z.int().min(0).nullable(),
  error: operationErrorSchema.nullable(),
  created_at: timeSchema,
});
export type MatterDocument = Answer<typeof matterDocumentSchema>;
