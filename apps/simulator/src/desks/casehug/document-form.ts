import type { DeskUpload } from './desk-matter';

/** The metadata part of a document, as `POST /api/v1/matters/{id}/documents` takes it. */
export function documentMetadata(upload: DeskUpload): Record<string, unknown> {
  return {
    upload_id: upload.id,
    document_id: upload.document_id,
    file_name: upload.file_name,
    content_type: upload.content_type,
    sha256: upload.sha256,
    status: upload.status,
    ...(upload.replaces_upload_id === null ? {} : { replaces_upload_id: upload.replaces_upload_id }),
  };
}

/** The multipart form: `metadata` first, then `file`, so that a receiver can stream the bytes knowing what they are. */
export function documentForm(upload: DeskUpload, bytes: Buffer): FormData {
  const form = new FormData();
  form.append('metadata', JSON.stringify(documentMetadata(upload)));
  form.append('file', new Blob([new Uint8Array(bytes)], { type: upload.content_type }), upload.file_name);
  return form;
}
