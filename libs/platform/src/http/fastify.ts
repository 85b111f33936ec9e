import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { sendError } from './error-filter';
import { type Config, ConfigError } from '../config/config';
import { ApiError } from './api-error';
import { JSON_DEPTH_MAX, jsonDepth } from './json-depth';

/** The largest JSON body. Source: docs/http-api.md#conventions. */
export const JSON_MAX_BYTES = 1024 * 1024;
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const REQUEST_TIMEOUT_MS = 120_000;
/** Answers that may hold client data are nobody's to keep. */
const PRIVATE_PATHS = /^\/(api|hooks)\//;
const HOOK_PATHS = /^\/hooks\//;

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes as they came, for signatures. */
    rawBody?: Buffer;
    /** Set when the body said it was JSON and was not; reported only after the caller is known to be genuine. */
    bodyUnreadable?: boolean;
  }
}

const unreadable = () => new ApiError('bad_request', 'The request could not be read.');

const frameworkErrors: FastifyServerOptions['frameworkErrors'] = (_error, request, reply) => {
  void reply.header('X-Request-Id', request.id);
  sendError(reply, unreadable());
};

/** What is no HTTP at all still gets the contract's JSON, and then the connection ends. */
function answerBrokenHttp(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { code, message, details } = unreadable();
  const body = JSON.stringify({ error: { code, message, details } });
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${body.length}`,
  ];
  socket.end([...head, `X-Request-Id: ${randomUUID()}`, 'Connection: close', '', body].join('\r\n'));
}

/** The HTTP server with our conventions: request ids, raw bodies kept for signatures, nothing but JSON in errors. */
export function createFastifyAdapter({ trustProxy, tls }: Pick<Config, 'trustProxy' | 'tls'>): FastifyAdapter {
  const shared = {
    trustProxy: trustProxy === null ? false : trustProxy === 'on' ? true : trustProxy,
    bodyLimit: JSON_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 300 },
    genReqId: requestIdOf,
    frameworkErrors,
    clientErrorHandler: answerBrokenHttp,
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
    if (PRIVATE_PATHS.test(request.url)) void reply.header('Cache-Control', 'no-store');
    done();
  });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    // Nothing of a delivery is read before its signature has been; its route reads the bytes itself.
    if (HOOK_PATHS.test(request.url)) {
      done(null, undefined);
      return;
    }
    if (jsonDepth(body) > JSON_DEPTH_MAX) {
      done(new ApiError('bad_request', `The JSON nests deeper than ${JSON_DEPTH_MAX} levels.`));
      return;
    }
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
