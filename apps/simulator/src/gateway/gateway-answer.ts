import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../http/answer';
import type { World } from '../world';

/** The gateway's own answers know nothing of problem documents. */
export function gatewayAnswer(world: World, reply: FastifyReply, status: number, message: string): void {
  if (world.isOff('gatewayForm')) {
    void reply
      .code(status)
      .type('application/problem+json')
      .send(JSON.stringify(problem(status, message).body));
    return;
  }
  void reply.code(status).type('application/json').send(JSON.stringify({ message }));
}

/** Echoes the caller's `RequestId`, or makes one, and puts it on the answer. */
export function nameRequest(world: World, request: FastifyRequest, reply: FastifyReply): string {
  const given = request.headers['requestid'];
  const requestId = typeof given === 'string' && given !== '' ? given : world.random.uuid();
  if (!world.isOff('requestId')) void reply.header('RequestId', requestId);
  return requestId;
}
