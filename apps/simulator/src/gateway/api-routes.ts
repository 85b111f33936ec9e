import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { badRequest, plainRefusal, problem, Refusal, type Answer } from '../http/answer';
import { isTooDeep, TOO_DEEP } from '../http/json-depth';
import { jsonText } from '../http/json-text';
import { Query } from '../http/query';
import { SYSTEM_ACCOUNT, type Tenant } from '../model/tenant';
import { API_ROUTES } from '../resources/api-route-list';
import type { World } from '../world';
import { cut, openFault } from './apply-fault';
import type { Route } from './call';
import { gatewayAnswer, nameRequest } from './gateway-answer';
import { identifyCaller, type Caller } from './identify-caller';
import { RouteTable } from './route-table';

type ApiRequest = FastifyRequest<{ Params: { tenant: string; '*': string } }>;

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;
const TOO_LARGE = 'FST_ERR_CTP_BODY_TOO_LARGE';
const UUID_PREFIX = /^\/[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22}(?=\/)/;

/** Mounts `/{tenant}/api/…`: the API gateway in front of the operations. */
export function registerApiRoutes(app: FastifyInstance, world: World): void {
  const table = new RouteTable(API_ROUTES);
  const options = { bodyLimit: LARGEST_BODY_BYTES, errorHandler: refuseTooLarge(world) };
  app.all<{ Params: { tenant: string; '*': string } }>('/:tenant/api/*', options, async (request, reply) => {
    const tenant = world.findTenant(request.params.tenant);
    if (tenant === undefined) return gatewayAnswer(world, reply, 404, 'Not Found');
    await answerCall(world, tenant, table, request, reply);
    return reply;
  });
}

/** A body that is too large never reaches the operation. */
function refuseTooLarge(world: World): (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void {
  return (error, request, reply) => {
    if (error.code !== TOO_LARGE) {
      void reply.send(error);
      return;
    }
    request.recorded.requestId = nameRequest(world, request, reply);
    gatewayAnswer(world, reply, 413, 'Request Too Long');
  };
}

async function answerCall(
  world: World,
  tenant: Tenant,
  table: RouteTable,
  request: ApiRequest,
  reply: FastifyReply,
): Promise<void> {
  request.recorded.requestId = nameRequest(world, request, reply);
  const [rawPath = '', queryText = ''] = request.url.slice(`/${tenant.info.name}/api`.length).split('?');
  request.recorded.requestBody = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : undefined;

  // A prefix that is no resource may be an account id; who may use one is decided with the token.
  const found = table.find(request.method, rawPath) ?? table.find(request.method, rawPath.replace(UUID_PREFIX, ''));
  request.recorded.template = found?.route.template ?? null;
  const fault = await openFault(
    world,
    request,
    reply,
    tenant.info.name,
    request.method,
    found?.route.template ?? rawPath,
  );
  if (fault.isAnswered) return;
  if (found === undefined) return gatewayAnswer(world, reply, 403, 'Missing Authentication Token');

  const identified = identifyCaller(world, tenant, request.headers, rawPath);
  request.recorded.clientId = identified.caller?.app.client_id ?? null;
  if (identified.caller === undefined) return gatewayAnswer(world, reply, identified.status, identified.message);
  const caller = identified.caller;
  request.recorded.accountId = caller.firm.accountId;
  const route = table.find(request.method, caller.path);
  if (route === undefined) return gatewayAnswer(world, reply, 403, 'Missing Authentication Token');
  const isOpen = caller.firm.accountId !== SYSTEM_ACCOUNT || route.route.template.startsWith('/webhooks');
  if (!isOpen) return gatewayAnswer(world, reply, 403, 'Forbidden');

  const { bucket } = world.switches();
  const key = `${tenant.info.name} ${caller.app.client_id}${bucket.per_endpoint ? ` ${request.method} ${route.route.template}` : ''}`;
  if (!world.isOff('rateLimit') && !world.bucket.take(key, bucket)) {
    if (bucket.retry_after_s !== null) void reply.header('Retry-After', `${bucket.retry_after_s}`);
    return gatewayAnswer(world, reply, 429, 'Too Many Requests');
  }
  if (!route.route.scopes.every((scope) => caller.scopes.has(scope)) && !world.isOff('scopes')) {
    const Message = `User is not authorized to perform: execute-api:Invoke on resource: ${request.method} ${route.route.template}`;
    void reply.code(403).type('application/json').send(JSON.stringify({ Message }));
    return;
  }
  const answer = operate(world, tenant, caller, route.route, route.params, request, queryText, fault.asyncError);
  world.database.flush();
  if (fault.resetAfter) {
    cut(request, reply);
    return;
  }
  void reply.code(answer.status);
  // Nothing is no JSON: an empty body has no content type.
  if (answer.body === undefined) void reply.send();
  else void reply.type(answer.contentType ?? 'application/json').send(bodyText(world, answer.body));
}

function operate(
  world: World,
  tenant: Tenant,
  caller: Caller,
  route: Route,
  params: Readonly<Record<string, string>>,
  request: ApiRequest,
  queryText: string,
  asyncError: string | null,
): Answer {
  const { app, grant, firm, userId } = caller;
  const hrefBase = caller.hasPrefix ? `${tenant.info.apiUrl}/${firm.accountId}` : tenant.info.apiUrl;
  const origin = { requestId: request.recorded.requestId ?? '', source: 'API' as const, userId };
  try {
    const body = readBody(request);
    const query = new Query(queryText, !world.isOff('queryRules'));
    const path = queryText === '' ? caller.path : `${caller.path}?${queryText}`;
    return route.handle({
      world,
      tenant,
      firm,
      app,
      grant,
      userId,
      origin,
      params,
      query,
      body,
      hrefBase,
      path,
      asyncError,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return world.isOff('problems') ? plainRefusal(error.answer) : error.answer;
  }
}

function readBody(request: ApiRequest): unknown {
  const text = request.recorded.requestBody;
  if (text === undefined || text.trim() === '') return undefined;
  const type = (request.recorded.contentType ?? 'application/json').toLowerCase();
  if (!/json/.test(type)) throw new Refusal(problem(415, 'The content type is not supported.'));
  if (isTooDeep(text)) throw new Refusal(badRequest(TOO_DEEP));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(badRequest('The body is not valid JSON.'));
  }
}

function bodyText(world: World, body: unknown): string {
  return jsonText(body, { keepNulls: world.isOff('nullsLeftOut'), roundTicks: world.isOff('wholeTicks') });
}
