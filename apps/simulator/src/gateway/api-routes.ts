import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { badRequest, Refusal, type Answer } from '../http/answer';
import { jsonText } from '../http/json-text';
import { Query } from '../http/query';
import type { Tenant } from '../model/tenant';
import { API_ROUTES } from '../resources/api-route-list';
import type { World } from '../world';
import { cut, openFault } from './apply-fault';
import type { Route } from './call';
import { identifyCaller, type Caller } from './identify-caller';
import { RouteTable } from './route-table';

type ApiRequest = FastifyRequest<{ Params: { tenant: string; '*': string } }>;

const UUID_PREFIX = /^\/[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22}(?=\/)/;

/** Mounts `/{tenant}/api/…`: the API gateway in front of the operations. */
export function registerApiRoutes(app: FastifyInstance, world: World): void {
  const table = new RouteTable(API_ROUTES);
  app.all<{ Params: { tenant: string; '*': string } }>('/:tenant/api/*', async (request, reply) => {
    const tenant = world.findTenant(request.params.tenant);
    if (tenant === undefined) return gatewayAnswer(reply, 404, 'Not Found');
    await answerCall(world, tenant, table, request, reply);
    return reply;
  });
}

async function answerCall(
  world: World,
  tenant: Tenant,
  table: RouteTable,
  request: ApiRequest,
  reply: FastifyReply,
): Promise<void> {
  const requestId = headerText(request, 'requestid') ?? world.random.uuid();
  request.recorded.requestId = requestId;
  void reply.header('RequestId', requestId);
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
  if (found === undefined) return gatewayAnswer(reply, 403, 'Missing Authentication Token');

  const identified = identifyCaller(world, tenant, request.headers, rawPath);
  request.recorded.clientId = identified.caller?.app.client_id ?? null;
  if (identified.caller === undefined) return gatewayAnswer(reply, identified.status, identified.message);
  const caller = identified.caller;
  request.recorded.accountId = caller.firm.accountId;
  const route = table.find(request.method, caller.path);
  if (route === undefined) return gatewayAnswer(reply, 403, 'Missing Authentication Token');

  const { bucket } = world.switches();
  const key = `${tenant.info.name} ${caller.app.client_id}${bucket.per_endpoint ? ` ${request.method} ${route.route.template}` : ''}`;
  if (!world.bucket.take(key, bucket)) {
    if (bucket.retry_after_s !== null) void reply.header('Retry-After', `${bucket.retry_after_s}`);
    return gatewayAnswer(reply, 429, 'Too Many Requests');
  }
  if (!route.route.scopes.every((scope) => caller.scopes.has(scope))) {
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
  void reply
    .code(answer.status)
    .type(answer.contentType ?? 'application/json')
    .send(answer.body === undefined ? '' : jsonText(answer.body));
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
    const query = new Query(queryText);
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
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function readBody(request: ApiRequest): unknown {
  const text = request.recorded.requestBody;
  if (text === undefined || text.trim() === '') return undefined;
  const type = (request.recorded.contentType ?? 'application/json').toLowerCase();
  if (!/json/.test(type)) throw new Refusal({ ...badRequest('The content type is not supported.'), status: 415 });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(badRequest('The body is not valid JSON.'));
  }
}

function gatewayAnswer(reply: FastifyReply, status: number, message: string): void {
  void reply.code(status).type('application/json').send(JSON.stringify({ message }));
}

function headerText(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
