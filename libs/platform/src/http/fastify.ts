import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { TlsOptions } from 'node:tls';
import { sendError, toApiError } from './error-filter';
import { type Config, ConfigError } from '../config/config';
import { ApiError } from './api-error';

/** The largest JSON body. Source: docs/http-api.md#conventions. */
export const JSON_MAX_BYTES = 1024 * 1024;
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const REQUEST_TIMEOUT_MS = 120_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes as they came, for signatures. */
    rawBody?: Buffer;
    /** Set when the body said it was JSON and was not; reported only after the caller is known to be genuine. */
    bodyUnreadable?: boolean;
  }
}

const frameworkErrors: FastifyServerOptions['frameworkErrors'] = (error, _request, reply) => {
  sendError(reply, toApiError(error) ?? new ApiError('bad_request', 'The request could not be read.'));
};

/** The HTTP server with our conventions: request ids, raw bodies kept for signatures, nothing but JSON in errors. */
export function createFastifyAdapter({ trustProxy, tls }: Pick<Config, 'trustProxy' | 'tls'>): FastifyAdapter {
  const shared = {
    trustProxy: trustProxy === null ? false : trustProxy === 'on' ? true : trustProxy,
    bodyLimit: JSON_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 300 },
    genReqId: requestIdOf,
    frameworkErrors,
  };
  const adapter = new FastifyAdapter(tls ? { ...shared, https: tlsOptions(tls) } : shared);
  prepare(adapter.getInstance<FastifyInstance>());
  return adapter;
}

/** TLS 1.3 alone: older versions are for a proxy to offer. @throws ConfigError naming a file that cannot be read. */
function tlsOptions({ certFile, keyFile }: NonNullable<Config['tls']>): TlsOptions {
  return { cert: readPem(certFile), key: readPem(keyFile), minVersion: 'TLSv1.3' };
}

function requestIdOf(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** @throws ConfigError naming the file that cannot be read. */
function readPem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new ConfigError(`The file ${file} of TLS_CERT or TLS_KEY cannot be read.`);
  }
}

function prepare(app: FastifyInstance): void {
  void app.register(fastifyCookie);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    done();
  });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    done(null, readJson(request, body));
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      request.rawBody = body;
      done(null, Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
    },
  );
  // Fastify's own parser for it would not keep the bytes.
  app.removeContentTypeParser('text/plain');
  // Senders of webhooks are not ours to teach: any other type's bytes are kept, and the route decides.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    done(null, undefined);
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readJson(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(body)) as unknown;
  } catch {
    request.bodyUnreadable = true;
    return undefined;
  }
}
