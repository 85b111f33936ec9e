import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NotFoundError } from '../not-found-error';
import { jsonBody } from '../request-body';
import { CASE_TYPES, PRACTICE_AREAS } from './case-types';
import type { CasehugDesk } from './casehug-desk';
import type { DeskMatter, DeskUpload } from './desk-matter';
import { sendAsOf } from './send-as-query';
import { shownMatter } from './shown-matter';
import { SIGNATURE_SCHEMES } from './sign-event';
import { uploadBody } from './upload-body';

type Params = { readonly id: string; readonly uploadId: string };

/**
 * `/casehug/api/…`: the desk for its page and for tests. Writes take `?send_as=rest|event|none&scheme=…` and answer with the
 * matter as it then is; whether Matterline took it stands in the newest of its `sendings`. Errors as in `answerErrors`.
 */
export function casehugRoutes(scope: FastifyInstance, desk: CasehugDesk): void {
  scope.get('/casehug/api/choices', () => ({
    case_types: CASE_TYPES,
    practice_areas: PRACTICE_AREAS,
    schemes: SIGNATURE_SCHEMES,
  }));

  scope.get('/casehug/api/matters', () => {
    const matters = desk.book.list();
    desk.live.refresh(matters);
    return { matters: matters.map((matter) => shownMatter(matter, desk.live.last(matter.id))) };
  });

  scope.post('/casehug/api/matters', async (request, reply) => {
    const matter = await desk.create(jsonBody(request), sendAsOf(request.query));
    return reply.code(201).send(shownMatter(matter, await desk.live.read(matter)));
  });

  /** Empties the desk; Matterline and Smokeball keep what they have. */
  scope.delete('/casehug/api/matters', (_request, reply) => {
    desk.book.clear();
    return reply.code(204).send();
  });

  scope.get('/casehug/api/matters/:id', async (request) => {
    const matter = matterOf(desk, request);
    return shownMatter(matter, await desk.live.read(matter));
  });

  scope.patch('/casehug/api/matters/:id', async (request) => {
    const matter = matterOf(desk, request);
    await desk.change(matter, jsonBody(request), sendAsOf(request.query));
    return shownMatter(matter, await desk.live.read(matter));
  });

  scope.post('/casehug/api/matters/:id/sync', async (request) => {
    const matter = matterOf(desk, request);
    await desk.sync(matter);
    return shownMatter(matter, await desk.live.read(matter));
  });

  documentRoutes(scope, desk);
}

function documentRoutes(scope: FastifyInstance, desk: CasehugDesk): void {
  const documents = '/casehug/api/matters/:id/documents';

  scope.get(documents, async (request) => {
    const matter = matterOf(desk, request);
    return { documents: shownMatter(matter, await desk.live.read(matter))['documents'] };
  });

  scope.post(documents, async (request, reply) => {
    const matter = matterOf(desk, request);
    const upload = await desk.upload(
      matter,
      await uploadBody(request, matter.title),
      sendAsOf(request.query),
      tells(request),
    );
    return reply.code(201).send({ ...shownMatter(matter, await desk.live.read(matter)), upload_id: upload.id });
  });

  scope.post(`${documents}/:uploadId/approve`, async (request) => {
    const matter = matterOf(desk, request);
    await desk.approve(matter, uploadOf(matter, request), sendAsOf(request.query));
    return shownMatter(matter, await desk.live.read(matter));
  });

  scope.post(`${documents}/:uploadId/reject`, async (request) => {
    const matter = matterOf(desk, request);
    await desk.reject(matter, uploadOf(matter, request), sendAsOf(request.query));
    return shownMatter(matter, await desk.live.read(matter));
  });

  /** A new file for the same document; it still has to be approved. */
  scope.post(`${documents}/:uploadId/replace`, async (request, reply) => {
    const matter = matterOf(desk, request);
    const file = { ...(await uploadBody(request, matter.title)), replaces: uploadOf(matter, request) };
    const upload = await desk.upload(matter, file, sendAsOf(request.query), tells(request));
    return reply.code(201).send({ ...shownMatter(matter, await desk.live.read(matter)), upload_id: upload.id });
  });
}

function matterOf(desk: CasehugDesk, request: FastifyRequest): DeskMatter {
  const matter = desk.book.find((request.params as Params).id);
  if (matter === undefined) throw new NotFoundError('matter');
  return matter;
}

function uploadOf(matter: DeskMatter, request: FastifyRequest): DeskUpload {
  const { uploadId } = request.params as Params;
  const upload = matter.uploads.find((one) => one.id === uploadId);
  if (upload === undefined) throw new NotFoundError('document');
  return upload;
}

function tells(request: FastifyRequest): boolean {
  return (request.query as { tell?: string }).tell === 'true';
}
