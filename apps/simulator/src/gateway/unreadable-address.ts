import type { FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../world';
import { gatewayAnswer, nameRequest } from './gateway-answer';

const BELOW_API = /^\/[^/?]+\/api\//;

/** Answers an address that cannot be decoded (`/us/api/%zz`) before any route sees it: 400, below the API as the gateway does. */
export function answerUnreadableAddress(world: World, request: FastifyRequest, reply: FastifyReply): void {
  if (!BELOW_API.test(request.url)) {
    void reply.code(400).send({ message: 'Bad Request' });
    return;
  }
  nameRequest(world, request, reply);
  gatewayAnswer(world, reply, 400, 'Bad Request');
}
