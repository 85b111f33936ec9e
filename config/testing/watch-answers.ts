import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '../../apps/api/src/open-api/open-api-document';
import { AnswerCheck, type AnswerDocument } from './answer-check';
import { noteFaults } from './answer-faults';

/** Holds every answer of a server under test against the OpenAPI document; the test in which one is not as described fails. */
export function watchAnswers(server: FastifyInstance): void {
  const check = new AnswerCheck(openApiDocument() as unknown as AnswerDocument);
  server.addHook('onSend', (request, reply, payload, done) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    const answer = {
      method: request.method,
      path: request.url,
      status: reply.statusCode,
      contentType: String(reply.getHeader('content-type') ?? ''),
      text: isText ? payload.toString() : '',
    };
    noteFaults(check.faultsOf(answer));
    done();
  });
}
