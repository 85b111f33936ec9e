import type { DeskClient, DeskMatter, DeskUpload } from './desk-matter';

export type CasehugEventType =
  | 'matter.created'
  | 'matter.updated'
  | 'matter.archived'
  | 'client.created'
  | 'document.uploaded'
  | 'document.approved'
  | 'document.rejected'
  | 'intake.completed'
  | 'intake.link.sent'
  | 'webhook.test';

/** `data` of a matter event: the six fields that CaseHug documents, deliberately no more. */
export function matterEventData(matter: DeskMatter): Record<string, unknown> {
  return {
    id: matter.id,
    title: matter.title,
    status: matter.status,
    practice_area: matter.practice_area ?? 'other',
    client_id: matter.clients[0]?.id ?? null,
    created_at: matter.created_at,
  };
}

/** `data` of `client.created`: CaseHug's client fields. */
export function clientEventData(client: DeskClient): Record<string, unknown> {
  return {
    id: client.id,
    first_name: client.first_name,
    last_name: client.last_name,
    email: client.email,
    phone: client.phone ?? client.mobile,
    address: client.address,
  };
}

/** `data` of a document event: upload, document and matter, as CaseHug documents them. It names no address for the bytes. */
export function documentEventData(matter: DeskMatter, upload: DeskUpload, decidedAt: string): Record<string, unknown> {
  return {
    upload: {
      id: upload.id,
      filename: upload.file_name,
      content_type: upload.content_type,
      file_size_bytes: upload.size_bytes,
      uploaded_at: upload.uploaded_at,
    },
    document: { id: upload.document_id, name: upload.file_name, matter_id: matter.id },
    matter: { id: matter.id, title: matter.title },
    ...(upload.status === 'uploaded' ? {} : { [`${upload.status}_at`]: decidedAt }),
  };
}
