import { ApiError } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';

export const EVENT_MAX_BYTES = 16 * 1024;
/** A record of a long call with many legs. */
export const RECORD_MAX_BYTES = 256 * 1024;
export const LIST_MAX_BYTES = 1024 * 1024;

const TYPES = { json: /^application\/([\w.+-]+\+)?json\b/i, form: /^application\/x-www-form-urlencoded\b/i } as const;

/**
 * A PBX's body, judged after the caller is known: size, type, then whether it can be read.
 * @throws ApiError `payload_too_large`, `unsupported_media_type` or `bad_request`
 */
export function readPbxBody(
  request: FastifyRequest,
  maxBytes: number,
  types: readonly (keyof typeof TYPES)[],
): unknown {
  if ((request.rawBody?.length ?? 0) > maxBytes) {
    throw new ApiError('payload_too_large', `The body is larger than ${maxBytes / 1024} KB.`, { max_bytes: maxBytes });
  }
  const type = request.headers['content-type'] ?? '';
  if (type === '' && !request.rawBody?.length)
    throw new ApiError('bad_request', 'body: is required.', { field: 'body' });
  if (!types.some((name) => TYPES[name].test(type))) {
    const names = types.map((name) => (name === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'));
    throw new ApiError('unsupported_media_type', `Send the body as ${names.join(' or ')}.`);
  }
  if (request.bodyUnreadable || request.body === undefined) {
    throw new ApiError('bad_request', 'body: is not valid JSON.', { field: 'body' });
  }
  return request.body;
}

/** R2's answer to a body that reads but is wrong: the first field in the message, all of them in the details. */
export function badRequest(faults: readonly { readonly field: string; readonly message: string }[]): ApiError {
  const [first] = faults;
  return new ApiError('bad_request', `${first?.field ?? 'body'}: ${first?.message ?? 'is not right'}.`, {
    fields: faults,
  });
}
