import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiError, JSON_MAX_BYTES, Log, Metrics, toApiError } from '@matterline/platform';
import { hookAnswer } from './hook-answer';
import { deliveryOf, ReceiveHook } from './receive-hook';

/** A query, a trailing slash, an escape: rare enough for the long way. */
const PLAIN_PATH = /^\/hooks\/smokeball\/([\w-]{1,200})$/;
const ROUTE = '/hooks/smokeball/:hook_id';

/**
 * A short way in for plain deliveries, before framework, cookies and page headers, which would cost several times what verifying and
 * storing do. Everything unusual goes on to the controller of the same address; both answer by `hookAnswer`. docs/adr/0012
 */
@Injectable()
export class HookDoor implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly receiveHook: ReceiveHook,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    // A worker has no HTTP server.
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (!server) return;
    const onward = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const hookId = plainHookOf(request);
      if (hookId === null) for (const listener of onward) listener(request, response);
      else this.receive(hookId, request, response);
    });
  }

  private receive(hookId: string, request: IncomingMessage, response: ServerResponse): void {
    const startedMs = performance.now();
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    // A sender that goes away in the middle has sent nothing.
    request.on('error', () => undefined);
    request.on('end', () => {
      const [only] = pieces;
      const body = pieces.length === 1 ? only : Buffer.concat(pieces);
      this.receiveHook
        .receive(hookId, deliveryOf(request.headers, body))
        .then((outcome) => send(response, 200, hookAnswer(outcome)))
        .catch((error: unknown) => this.refuse(response, error))
        .finally(() =>
          this.metrics.request('POST', ROUTE, response.statusCode, (performance.now() - startedMs) / 1000),
        );
    });
  }

  private refuse(response: ServerResponse, error: unknown): void {
    const known = toApiError(error);
    if (!known) this.log.error('http.unexpected', { method: 'POST', route: ROUTE, error });
    const said = known ?? new ApiError('internal_error', 'Something went wrong on our side.');
    if (said.retryAfterS !== undefined) response.setHeader('Retry-After', String(said.retryAfterS));
    const { code, message, details } = said;
    send(response, said.status, { error: { code, message, details } });
  }
}

/** The hook's id, when the request is like those that Smokeball sends: of a stated length that is allowed, and nothing expected of us. */
function plainHookOf({ method, url = '', headers }: IncomingMessage): string | null {
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (method !== 'POST' || !(length >= 0 && length <= JSON_MAX_BYTES) || headers['x-request-id']) return null;
  return PLAIN_PATH.exec(url)?.[1] ?? null;
}

function send(response: ServerResponse, status: number, answer: object): void {
  const text = JSON.stringify(answer);
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
      'X-Request-Id': randomUUID(),
      'X-Content-Type-Options': 'nosniff',
    })
    .end(text);
}
