import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FormError } from '../form-error';
import { jsonBody } from '../request-body';
import type { SmokeballBehind } from '../smokeball-behind';

type Params = { readonly tenant: string; readonly id: string };

const fileChange = z.object({ file_name: z.string().optional(), folder_id: z.string().nullable().optional() });
const newFolder = z.object({ name: z.string(), parent_folder_id: z.string().nullable().default(null) });
const tags = z.object({ tags: z.array(z.string()) });

/**
 * More of `/_sim/{tenant}/as-user/…`, for the pages and for tests: `PATCH` and `DELETE …/files/{id}` (`{file_name?, folder_id?}`),
 * `POST …/matters/{id}/folders` (`{name, parent_folder_id?}`), `PUT …/matters/{id}/tags` and `…/contacts/{id}/tags` (`{tags: […names]}`).
 * Answers `{id}`; 404 when the record is unknown.
 */
export function asUserRoutes(scope: FastifyInstance, sim: SmokeballBehind): void {
  const { asUser } = sim;

  scope.patch('/_sim/:tenant/as-user/files/:id', (request) => {
    const { tenant, id } = request.params as Params;
    const { file_name: fileName, folder_id: folderId } = read(fileChange, request);
    return asUser.editFile(tenant, id, {
      ...(fileName === undefined ? {} : { fileName }),
      ...(folderId === undefined ? {} : { folderId }),
    });
  });

  scope.delete('/_sim/:tenant/as-user/files/:id', (request) => {
    const { tenant, id } = request.params as Params;
    return asUser.deleteFile(tenant, id);
  });

  scope.post('/_sim/:tenant/as-user/matters/:id/folders', (request) => {
    const { tenant, id } = request.params as Params;
    const { name, parent_folder_id: parentFolderId } = read(newFolder, request);
    return asUser.addFolder(tenant, id, { name, parentFolderId });
  });

  scope.put('/_sim/:tenant/as-user/matters/:id/tags', (request) => {
    const { tenant, id } = request.params as Params;
    return asUser.tagMatter(tenant, id, read(tags, request).tags);
  });

  scope.put('/_sim/:tenant/as-user/contacts/:id/tags', (request) => {
    const { tenant, id } = request.params as Params;
    return asUser.tagContact(tenant, id, read(tags, request).tags);
  });
}

function read<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  const parsed = schema.safeParse(jsonBody(request));
  if (!parsed.success) throw FormError.of(parsed.error);
  return parsed.data;
}
