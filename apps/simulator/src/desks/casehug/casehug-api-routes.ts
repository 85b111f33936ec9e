import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NotFoundError } from '../not-found-error';
import type { CasehugDesk } from './casehug-desk';
import type { DeskMatter, DeskUpload } from './desk-matter';
import { clientEventData } from './event-payload';
import { matterPicture } from './matter-picture';

type Params = { readonly id: string };

/**
 * CaseHug's own API as far as an integration reads from it after an event (`/casehug/api/v1/…`): a matter, a client, a document list
 * and the bytes of an upload. Any `X-Api-Key` is accepted. Only the matter's and the client's members are documented by CaseHug;
 * the paths of clients and of the download are a reasonable guess, like those of any reader of that API.
 */
export function casehugApiRoutes(scope: FastifyInstance, desk: CasehugDesk): void {
  scope.get('/casehug/api/v1/matters/:id', (request) => ({ data: apiMatter(matterOf(desk, request)) }));

  scope.get('/casehug/api/v1/matters/:id/documents', (request) => {
    const { uploads, id } = matterOf(desk, request);
    const data = uploads.map((upload) => apiDocument(id, upload));
    return { data, pagination: { page: 1, per_page: 100, total: data.length, has_more: false } };
  });

  scope.get('/casehug/api/v1/clients/:id', (request) => {
    const { id } = request.params as Params;
    const client = desk.book
      .list()
      .flatMap((matter) => matter.clients)
      .find((one) => one.id === id);
    if (client === undefined) throw new NotFoundError('client');
    return { data: clientEventData(client) };
  });

  scope.get('/casehug/api/v1/uploads/:id/download', (request, reply) => {
    const { id } = request.params as Params;
    const upload = desk.book
      .list()
      .flatMap((matter) => matter.uploads)
      .find((one) => one.id === id);
    const bytes = upload === undefined ? undefined : desk.book.bytesOf(upload);
    if (upload === undefined || bytes === undefined) throw new NotFoundError('upload');
    return reply.type(upload.content_type).send(bytes);
  });
}

/** CaseHug's documented members, and the picture's own (case number, case type, …), which its public page does not show. */
function apiMatter(matter: DeskMatter): Record<string, unknown> {
  return {
    ...matterPicture(matter),
    id: matter.id,
    client_id: matter.clients[0]?.id ?? null,
    assigned_attorney: matter.attorneys[0]?.email ?? null,
    intake_link: null,
    documents_count: matter.uploads.length,
    created_at: matter.created_at,
  };
}

function apiDocument(matterId: string, upload: DeskUpload): Record<string, unknown> {
  return {
    id: upload.document_id,
    matter_id: matterId,
    name: upload.file_name,
    status: upload.status,
    upload: {
      id: upload.id,
      filename: upload.file_name,
      content_type: upload.content_type,
      file_size_bytes: upload.size_bytes,
      uploaded_at: upload.uploaded_at,
    },
    created_at: upload.uploaded_at,
  };
}

function matterOf(desk: CasehugDesk, request: FastifyRequest): DeskMatter {
  const matter = desk.book.find((request.params as Params).id);
  if (matter === undefined) throw new NotFoundError('matter');
  return matter;
}
