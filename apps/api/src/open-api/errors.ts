import { API_ERRORS, type ApiErrorCode, errorBodySchema, fieldFaultsSchema } from '@matterline/contracts';
import { z } from 'zod';
import { refTo } from './components';
import { type JsonSchema, jsonSchema } from './json-schema';
import type { RouteDescription } from './route-description';
import type { WalkedRoute } from './route-walk';

const BY_CALLER = ['unauthorized', 'forbidden', 'validation_error', 'not_found'] as const;
const BY_PBX = ['bad_key', 'unknown_tenant'] as const;
const BY_BODY = ['payload_too_large', 'unsupported_media_type'] as const;
const BY_IDEMPOTENCY = ['idempotency_conflict', 'idempotency_in_progress'] as const;
const BY_PAGE = ['validation_error', 'page_too_far'] as const;
const ALWAYS = ['bad_request', 'unavailable', 'internal_error'] as const;

const WITH_BODY = new Set(['post', 'put', 'patch']);

/** The codes that a route can answer: those of its kind, and its own. */
export function errorCodesOf({ method, policy }: WalkedRoute, entry: RouteDescription): ApiErrorCode[] {
  if (entry.isFixed) return ['internal_error'];
  const allow = policy?.allow ?? {};
  const hasCaller = 'scope' in allow || 'role' in allow || 'session' in allow;
  const isOfPbx = entry.security?.includes('tenant_bearer') ?? false;
  const writes = WITH_BODY.has(method);
  const codes: readonly ApiErrorCode[] = [
    ...ALWAYS,
    ...(hasCaller ? BY_CALLER : []),
    ...(hasCaller && method !== 'get' ? (['csrf'] as const) : []),
    ...(hasCaller && method === 'post' ? BY_IDEMPOTENCY : []),
    ...(isOfPbx ? BY_PBX : []),
    ...(writes ? BY_BODY : []),
    ...(entry.isPaged ? BY_PAGE : []),
    ...(entry.errors ?? []),
  ];
  return [...new Set(codes)].sort();
}

/** One schema a code that any route can answer: `Error_not_found` and so on. */
export function errorSchemas(codes: ReadonlySet<ApiErrorCode>): Record<string, JsonSchema> {
  const { message, details } = errorBodySchema.shape.error.shape;
  const entries = [...codes].sort().map((code): [string, JsonSchema] => {
    const own = code === 'validation_error' ? fieldFaultsSchema : details;
    const error = z.object({ code: z.literal(code), message, details: own });
    return [errorName(code), jsonSchema(z.object({ error }), 'output')];
  });
  return Object.fromEntries(entries);
}

/** The answers by status: the codes of one status are the branches of its schema. */
export function errorResponses(codes: readonly ApiErrorCode[], hasTextErrors = false): Record<string, object> {
  const byStatus = new Map<number, ApiErrorCode[]>();
  for (const code of codes) byStatus.set(API_ERRORS[code], [...(byStatus.get(API_ERRORS[code]) ?? []), code]);
  const responses = [...byStatus].sort(([left], [right]) => left - right);
  return Object.fromEntries(
    responses.map(([status, ofStatus]) => {
      const refs = ofStatus.map((code) => refTo(errorName(code)));
      const content = {
        'application/json': { schema: refs.length === 1 ? refs[0] : { anyOf: refs } },
        ...(hasTextErrors ? { 'text/plain': { schema: { type: 'string', maxLength: 0 } } } : {}),
      };
      const retry = status === 503 ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } : {};
      const headers = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' }, ...retry };
      return [String(status), { description: ofStatus.map((code) => `\`${code}\``).join(', '), headers, content }];
    }),
  );
}

const errorName = (code: ApiErrorCode) => `Error_${code}`;
