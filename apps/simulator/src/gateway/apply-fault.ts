import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../world';

/** What is left of a fault once the call may go on. */
export interface OpenFault {
  /** The call is over: a status was sent, or there will be no answer at all. */
  readonly isAnswered: boolean;
  /** Do the work, then cut the connection. */
  readonly resetAfter: boolean;
  /** Accept the write, then fail it with an `error` event. */
  readonly asyncError: string | null;
}

const BODIES: Readonly<Record<number, unknown>> = {
  400: { type: 'https://httpstatuses.io/400', title: 'Bad Request', status: 400, detail: 'The request is not valid.' },
  401: { message: 'Unauthorized' },
  403: { message: 'Forbidden' },
  404: { type: 'https://httpstatuses.io/404', title: 'Not Found', status: 404, detail: 'Not found.' },
  429: { message: 'Too Many Requests' },
  500: { message: 'Internal server error' },
  502: { message: 'Internal server error' },
  503: { message: 'Service Unavailable' },
  504: { message: 'Endpoint request timed out' },
};

/** Takes the standing fault of a route, if there is one, and does what it says before the work begins. */
export async function openFault(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  tenant: string,
  method: string,
  template: string,
): Promise<OpenFault> {
  const goOn: OpenFault = { isAnswered: false, resetAfter: false, asyncError: null };
  request.recorded.template ??= template;
  const latencyMs = world.random.within(world.switches().latency_ms);
  if (latencyMs > 0) await wait(latencyMs, undefined, { ref: false });
  const standing = world.isOff('faults') ? undefined : world.faultBoard.take(tenant, method, template);
  if (standing === undefined) return goOn;
  world.noteChange({ kind: 'faults' });
  const fault = standing.fault;
  if (fault.delay_ms !== undefined) await wait(fault.delay_ms, undefined, { ref: false });
  if (fault.hang === true) {
    reply.hijack();
    return { ...goOn, isAnswered: true };
  }
  if (fault.reset === 'before') {
    cut(request, reply);
    return { ...goOn, isAnswered: true };
  }
  if (fault.status !== undefined) {
    request.recorded.isFault = true;
    const body = BODIES[fault.status] ?? { message: `Made to answer ${fault.status}` };
    const isProblem = typeof body === 'object' && body !== null && 'title' in body;
    await reply
      .code(fault.status)
      .type(isProblem ? 'application/problem+json' : 'application/json')
      .send(JSON.stringify(body));
    return { ...goOn, isAnswered: true };
  }
  return { isAnswered: false, resetAfter: fault.reset === 'after', asyncError: fault.async_error ?? null };
}

/** Ends the connection with a TCP reset and without an answer. */
export function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}
