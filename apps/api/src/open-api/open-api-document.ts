import type { OpenAPIObject } from '@nestjs/swagger';
import type { ApiErrorCode } from '@matterline/contracts';
import { CONTROLLERS } from '../app.module';
import { componentSchemas } from './components';
import { errorCodesOf, errorResponses, errorSchemas } from './errors';
import { parametersOf } from './parameters';
import type { AnswerDescription, RouteDescription } from './route-description';
import { type WalkedRoute, walkRoutes } from './route-walk';
import { ROUTE_DESCRIPTIONS } from './routes';
import { SECURITY_SCHEMES, securityOf } from './security';
import { TAGS } from './tags';

const VERSION = '3.1.0';
const REQUEST_ID = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } };

/**
 * The OpenAPI document of all routes: addresses and who may call them are read from the controllers, shapes from `libs/contracts`,
 * the rest from `routes/`. A route that nothing is said about is left out; a test sees that none is.
 */
export function openApiDocument(): OpenAPIObject {
  const paths: Record<string, Record<string, object>> = {};
  const codes = new Set<ApiErrorCode>();
  for (const route of walkRoutes(CONTROLLERS)) {
    const entry = ROUTE_DESCRIPTIONS[`${route.method.toUpperCase()} ${route.path}`];
    if (!entry) continue;
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, entry) };
    for (const code of errorCodesOf(route, entry)) codes.add(code);
  }
  const document = {
    openapi: VERSION,
    info: {
      title: 'Matterline',
      version: '0.1.0',
      description: 'Keeps CaseHug, Smokeball and a Vodia PBX in step for a law firm.',
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      headers: {
        'X-Request-Id': { description: 'The caller’s own, or a new one.', schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds to wait before the next try.', schema: { type: 'string' } },
      },
      schemas: { ...componentSchemas(), ...errorSchemas(codes) },
    },
  };
  return document;
}

function operationOf(route: WalkedRoute, entry: RouteDescription): object {
  const { id, tag, summary, description, body, answers } = entry;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: securityOf(route, entry),
    parameters: parametersOf(route, entry),
    ...(body === undefined ? {} : { requestBody: requestBodyOf(body) }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)])),
      ...errorResponses(errorCodesOf(route, entry), entry.hasTextErrors),
    },
  };
}

function requestBodyOf({ description, isRequired, content }: NonNullable<RouteDescription['body']>): object {
  return { ...(description === undefined ? {} : { description }), required: isRequired, content: mediaTypes(content) };
}

function responseOf({ description, content, headers = {} }: AnswerDescription): object {
  const own = Object.entries(headers).map(([name, says]): [string, object] => [
    name,
    { description: says, schema: { type: 'string' } },
  ]);
  return {
    description,
    headers: { ...REQUEST_ID, ...Object.fromEntries(own) },
    ...(content === undefined ? {} : { content: mediaTypes(content) }),
  };
}

const mediaTypes = (content: NonNullable<AnswerDescription['content']>) =>
  Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));
