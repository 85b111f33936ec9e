import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Verdict } from '../authority/verdict';
import type { RecordedRequest } from '../control/recorder';
import type { World } from '../world';

/** What the handlers tell the recorder about the call they are answering. */
export interface RecordedCall {
  startedMs: number;
  template: string | null;
  requestId: string | null;
  clientId: string | null;
  accountId: string | null;
  requestBody: string | undefined;
  responseBody: string | undefined;
  isCut: boolean;
  /** A standing fault gave the answer. */
  isFault: boolean;
  /** As it was sent; undefined when the header was absent. */
  contentType: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    recorded: RecordedCall;
  }
}

const AREAS: ReadonlySet<string> = new Set(['api', 'auth', 's3']);

/** Starts the record of each call, runs what is due before it, makes its effects durable, and keeps the record. */
export function registerRecording(app: FastifyInstance, world: World): void {
  app.decorateRequest('recorded');
  app.addHook('onRequest', (request, reply, done) => {
    request.recorded = {
      startedMs: performance.now(),
      template: null,
      requestId: null,
      clientId: null,
      accountId: null,
      requestBody: undefined,
      responseBody: undefined,
      isCut: false,
      isFault: false,
      contentType: request.raw.headers['content-type'],
    };
    // Fastify would refuse an empty or odd content type before the storage could judge it.
    delete request.raw.headers['content-type'];
    world.scheduler.runDue();
    // A call whose connection is cut never reaches onResponse.
    reply.raw.once('close', () => {
      if (reply.raw.writableFinished) return;
      request.recorded.isCut = true;
      record(world, request, null);
    });
    done();
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (typeof payload === 'string') request.recorded.responseBody = payload;
    world.database.flush();
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    if (!request.recorded.isCut) record(world, request, reply);
    done();
  });
}

/** `reply` is null when the connection was cut. */
function record(world: World, request: FastifyRequest, reply: FastifyReply | null): void {
  const { method, url, recorded: call } = request;
  const [path = '', query = ''] = url.split('?');
  const [, tenant = '', area = ''] = path.split('/');
  if (!AREAS.has(area)) return;
  world.recorder.add({
    at: world.clock.iso(),
    tenant,
    area: area as RecordedRequest['area'],
    method,
    path,
    template: call.template,
    query,
    status: reply === null ? null : reply.statusCode,
    request_id: call.requestId,
    client_id: call.clientId,
    account_id: call.accountId,
    duration_ms: Math.round((performance.now() - call.startedMs) * 100) / 100,
    request_body: call.requestBody,
    response_body: call.responseBody,
    verdict: area === 'api' ? verdictOn(world, request, reply) : null,
  });
  world.noteChange({ kind: 'request', tenant });
}

function verdictOn(world: World, { method, url, recorded }: FastifyRequest, reply: FastifyReply | null): Verdict {
  const answerType = reply?.getHeader('content-type');
  return world.authority.judge({
    method,
    url,
    template: recorded.template,
    requestType: recorded.contentType,
    requestBody: recorded.requestBody,
    status: reply === null ? null : reply.statusCode,
    answerType: typeof answerType === 'string' ? answerType : undefined,
    answerBody: recorded.responseBody,
    isFault: recorded.isFault,
  });
}
