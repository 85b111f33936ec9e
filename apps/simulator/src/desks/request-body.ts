import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FormError } from './form-error';

/** A little above Matterline's own limit of 100 MB, so that the refusal of a file that is too large is Matterline's. */
const BODY_LIMIT_BYTES = 130 * 1024 * 1024;

/** Takes every body as raw bytes in this scope: signatures are checked over exactly what was sent. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
    done(null, body),
  );
}

export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The body as a JSON object; an empty body is an empty object. Throws a `FormError` for anything else. */
export function jsonBody(request: FastifyRequest): Record<string, unknown> {
  const text = rawBody(request).toString('utf8').trim();
  if (text === '') return {};
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormError('Send a JSON object.');
  return value as Record<string, unknown>;
}

/** A `multipart/form-data` body. */
export async function formBody(request: FastifyRequest): Promise<FormData> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  return new Response(new Uint8Array(rawBody(request)), { headers }).formData().catch(() => {
    throw new FormError('The form could not be read.');
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new FormError('The body is not valid JSON.');
  }
}
