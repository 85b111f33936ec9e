import type { Answer, CallOptions } from './http';
import type { Firm } from './firm';
import { newId } from './new-id';
import type { SampleFile } from './sample-pdf';

export interface Upload {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly headers?: CallOptions['headers'];
}

/** `POST …/documents` as multipart, metadata first, approved unless the metadata says otherwise. */
export async function upload(firm: Firm, matterId: string, file: SampleFile, more: Upload = {}): Promise<Answer> {
  return await firm.api('POST', `/api/v1/matters/${matterId}/documents`, {
    raw: uploadForm(file, more.metadata),
    headers: more.headers,
  });
}

export function uploadForm(file: SampleFile, metadata: Readonly<Record<string, unknown>> = {}): FormData {
  const form = new FormData();
  const all = {
    upload_id: newId('upl'),
    file_name: file.name,
    content_type: 'application/pdf',
    sha256: file.sha256,
    status: 'approved',
    ...metadata,
  };
  form.set('metadata', JSON.stringify(all));
  form.set('file', new Blob([new Uint8Array(file.bytes)]), file.name);
  return form;
}
