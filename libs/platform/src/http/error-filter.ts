import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../database/database-away';
import { isUnstorableText } from '../database/unstorable-text';
import { Log } from '../logging/log';
import { ApiError } from './api-error';

const RETRY_AFTER_S = 5;

/** Decides every failed answer: the contract's JSON, a stable code, no stack, no HTML. Source: docs/http-api.md#errors. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    const known = toApiError(error);
    if (!known) {
      this.log.error('http.unexpected', {
        method: request.method,
        route: request.routeOptions?.url,
        request_id: request.id,
        error,
      });
    }
    sendError(
      reply,
      known ?? new ApiError('internal_error', 'Something went wrong on our side.', { request_id: request.id }),
    );
  }
}

export function sendError(reply: FastifyReply, error: ApiError): void {
  if (reply.sent || reply.raw.headersSent) return;
  if (error.retryAfterS !== undefined) void reply.header('Retry-After', String(error.retryAfterS));
  void reply
    .status(error.status)
    .header('Content-Type', 'application/json; charset=utf-8')
    .send({ error: { code: error.code, message: error.message, details: error.details } });
}

/** What Nest, Fastify and PostgreSQL throw, said in the contract's words; null when nobody expected it. */
export function toApiError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (isDatabaseAway(error)) {
    return new ApiError(
      'unavailable',
      'The database cannot be reached right now. Try again shortly.',
      {},
      RETRY_AFTER_S,
    );
  }
  if (isUnstorableText(error)) {
    return new ApiError('bad_request', 'The request holds a character that cannot be stored, such as U+0000.');
  }
  const status = statusOf(error);
  switch (status) {
    case 400:
      return new ApiError('bad_request', 'The request could not be read. Check that the body is valid JSON.');
    case 401:
      return new ApiError('unauthorized', 'Sign in or send a valid key.');
    case 403:
      return new ApiError('forbidden', 'This is not permitted.');
    case 404:
      return new ApiError('not_found', 'There is nothing at this address.');
    case 405:
      return new ApiError('not_found', 'There is nothing at this address.');
    case 413:
      return new ApiError('payload_too_large', 'The request is larger than allowed.');
    case 415:
      return new ApiError('unsupported_media_type', 'Send the body as application/json.');
    default:
      return status !== null && status >= 400 && status < 500
        ? new ApiError('bad_request', 'The request could not be read.')
        : null;
  }
}

function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : null;
}
