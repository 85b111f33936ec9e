import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { cut, openFault } from '../gateway/apply-fault';
import type { World } from '../world';

type S3Request = FastifyRequest<{ Params: { tenant: string; '*': string } }>;

const STATUS: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  SignatureDoesNotMatch: 403,
  InvalidArgument: 400,
  MethodNotAllowed: 405,
  NoSuchKey: 404,
};

/** Mounts `/{tenant}/s3/…`: the file storage, as strict as S3 with a presigned address. */
export function registerS3Routes(app: FastifyInstance, world: World): void {
  app.addHook('onRequest', (request, _reply, done) => {
    // S3 takes an empty Content-Type for none at all; Fastify would refuse it as no media type.
    if (request.headers['content-type'] === '') delete request.raw.headers['content-type'];
    done();
  });
  app.all<{ Params: { tenant: string; '*': string } }>('/:tenant/s3/*', async (request, reply) => {
    const tenant = world.findTenant(request.params.tenant)?.info.name;
    if (tenant === undefined) return refuse(reply, 'NoSuchKey', 'The specified bucket does not exist');
    const fault = await openFault(world, request, reply, tenant, request.method, '/s3');
    if (fault.isAnswered) return reply;
    if (request.method !== 'PUT' && request.method !== 'GET') {
      return refuse(reply, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
    }
    const isStrict = !world.isOff('presignedChecks');
    if (isStrict && request.headers.authorization !== undefined) {
      return refuse(
        reply,
        'InvalidArgument',
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      );
    }
    const [path = '', query = ''] = request.url.split('?');
    const key = path.split('/').slice(4).join('/');
    const contentType = request.method === 'PUT' ? (request.recorded.contentType ?? '') : '';
    const check = isStrict
      ? world.uploads.check(request.method, path, new URLSearchParams(query), contentType)
      : 'good';
    if (check === 'incomplete') return refuse(reply, 'AccessDenied', 'Access Denied');
    if (check === 'expired') return refuse(reply, 'AccessDenied', 'Request has expired');
    if (check === 'bad-signature') {
      return refuse(
        reply,
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      );
    }
    const sent = request.method === 'PUT' ? put(world, tenant, key, request, reply) : get(world, key, reply);
    if (!fault.resetAfter) return sent();
    cut(request, reply);
    return reply;
  });
}

/** Does the work at once and leaves the answering to the caller, who may cut the connection instead. */
function put(world: World, tenant: string, key: string, request: S3Request, reply: FastifyReply): () => FastifyReply {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const isKnown = world.uploads.accept(tenant, key, bytes);
  if (!isKnown) return () => refuse(reply, 'AccessDenied', 'Access Denied');
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  return () => reply.code(200).header('ETag', etag).header('Server', 'AmazonS3').send('');
}

function get(world: World, key: string, reply: FastifyReply): () => FastifyReply {
  const bytes = world.blobs.get(key.split('/')[2] ?? '');
  if (bytes === undefined) return () => refuse(reply, 'NoSuchKey', 'The specified key does not exist.');
  return () => reply.code(200).type('application/octet-stream').send(bytes);
}

function refuse(reply: FastifyReply, code: string, message: string): FastifyReply {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return reply
    .code(STATUS[code] ?? 400)
    .type('application/xml')
    .send(text);
}
