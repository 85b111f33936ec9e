import { type MatterDocument, OPERATION_ERRORS, type OperationErrorCode } from '@matterline/contracts';
import type { DocumentRow } from './document-store';

/** `Document` out of docs/http-api.md#documents. */
export function documentView(row: DocumentRow, fileName: string): MatterDocument {
  const code = row.error_code as OperationErrorCode | null;
  return {
    upload_id: row.upload_id,
    document_id: row.document_id,
    matter_id: row.matter_id,
    file_name: fileName,
    content_type: row.content_type,
    status: row.status,
    state: row.state,
    smokeball_file_id: row.smokeball_file_id,
    smokeball_version_id: row.smokeball_version_id,
    sha256: row.sha256,
    size_bytes: row.size_bytes === null ? null : Number(row.size_bytes),
    error:
      code === null
        ? null
        : {
            code,
            message: OPERATION_ERRORS[code].message,
            hint: OPERATION_ERRORS[code].hint,
            retryable: OPERATION_ERRORS[code].fate === 'retried',
          },
    created_at: row.created_at.toISOString(),
  };
}
