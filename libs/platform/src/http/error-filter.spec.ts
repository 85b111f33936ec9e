import { ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { API_ERRORS, type ApiErrorCode } from '@matterline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log } from '../logging/log';
import { ApiError } from './api-error';
import { ErrorFilter, toApiError } from './error-filter';

const CANARY = 'CANARY-Rivera';
const away = (code: string) => Object.assign(new Error(CANARY), { code });
const driver = (code: string) => Object.assign(new Error(CANARY), { driverError: away(code) });
const fastify = (statusCode: number) => Object.assign(new Error(CANARY), { statusCode });

/** What the filter sends for an error, and what it logs. */
function answerTo(error: unknown) {
  const logged: string[] = [];
  const sent = {
    status: 0,
    headers: {} as Record<string, string>,
    body: {} as { error: { code: string; message: string; details: object } },
  };
  const reply = {
    sent: false,
    raw: { headersSent: false },
    status: (status: number) => ((sent.status = status), reply),
    header: (name: string, value: string) => ((sent.headers[name.toLowerCase()] = value), reply),
    send: (body: typeof sent.body) => void (sent.body = body),
  } as unknown as FastifyReply;
  const request = { method: 'GET', id: 'req-1', routeOptions: { url: '/x/:id' } } as FastifyRequest;
  const host = { switchToHttp: () => ({ getResponse: () => reply, getRequest: () => request }) };
  new ErrorFilter(new Log('error', { write: (line) => void logged.push(line) })).catch(error, host as never);
  return { ...sent, logged };
}

describe('the error filter', () => {
  const codes = Object.entries(API_ERRORS) as [ApiErrorCode, number][];
  it.each(codes)('%s is %i', (code, status) => {
    expect(answerTo(new ApiError(code, 'Said plainly.', { id: 'x' }))).toMatchObject({
      status,
      body: { error: { code, message: 'Said plainly.', details: { id: 'x' } } },
      logged: [],
    });
  });

  const table: readonly [string, unknown, number, string][] = [
    ['Nest’s not found', new NotFoundException(CANARY), 404, 'not_found'],
    ['Nest’s forbidden', new ForbiddenException(CANARY), 403, 'forbidden'],
    ['a teapot', new HttpException(CANARY, 418), 400, 'bad_request'],
    ['a method that is not there', new HttpException(CANARY, 405), 404, 'not_found'],
    ['a body that is too large', fastify(413), 413, 'payload_too_large'],
    ['a type that nobody reads', fastify(415), 415, 'unsupported_media_type'],
    ['a body that cannot be read', fastify(400), 400, 'bad_request'],
    ['PostgreSQL away: refused', away('ECONNREFUSED'), 503, 'unavailable'],
    ['PostgreSQL away: reset', away('ECONNRESET'), 503, 'unavailable'],
    ['PostgreSQL shutting down', driver('57P01'), 503, 'unavailable'],
    ['PostgreSQL starting', driver('57P03'), 503, 'unavailable'],
    ['PostgreSQL full', driver('53300'), 503, 'unavailable'],
    ['a connection exception', driver('08006'), 503, 'unavailable'],
    ['the pool’s own time-out', new Error('timeout exceeded when trying to connect'), 503, 'unavailable'],
    ['text with U+0000', driver('22021'), 400, 'bad_request'],
    ['JSON with U+0000', driver('22P05'), 400, 'bad_request'],
    ['a duplicate key that nobody expected', driver('23505'), 500, 'internal_error'],
    ['a row-level security refusal', driver('42501'), 500, 'internal_error'],
    ['a crash', new TypeError(CANARY), 500, 'internal_error'],
    ['a thrown text', CANARY, 500, 'internal_error'],
    ['nothing', null, 500, 'internal_error'],
    ['a 500 of Fastify', fastify(500), 500, 'internal_error'],
  ];
  it.each(table)('%s', (_name, error, status, code) => {
    const answer = answerTo(error);
    expect(answer).toMatchObject({
      status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: { error: { code } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('CANARY');
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*:\d+:\d+/);
    expect(answer.logged.join()).not.toContain('CANARY');
    expect(answer.logged).toHaveLength(status === 500 ? 1 : 0);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
  });

  it('says when to come back', () => {
    expect(answerTo(new ApiError('rate_limited', '', {}, 7)).headers['retry-after']).toBe('7');
  });

  it('gives support the request’s id for what nobody expected', () => {
    expect(answerTo(new Error(CANARY)).body.error.details).toEqual({ request_id: 'req-1' });
    expect(toApiError(new Error(CANARY))).toBeNull();
  });
});
