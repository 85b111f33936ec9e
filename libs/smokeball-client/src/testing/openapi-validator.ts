import { Ajv, type ValidateFunction } from 'ajv';
import { resolved, type OpenApiDocument, type OpenApiOperation, type OpenApiSchema } from './openapi-document';
import type { SeenRequest } from './fake-server';

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Says what is wrong with a request by the letter of the description; an empty list when nothing is. */
export type RequestValidator = (request: SeenRequest) => readonly string[];

/** Checks route, query names and values, content type and body. */
export function requestValidator(document: OpenApiDocument): RequestValidator {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  for (const name of ['int32', 'int64', 'double']) ajv.addFormat(name, { type: 'number', validate: Number.isFinite });
  ajv.addFormat('date-time', DATE_TIME);
  ajv.addFormat('uuid', UUID);
  const cache = new Map<OpenApiSchema, ValidateFunction>();
  const compiled = (schema: OpenApiSchema): ValidateFunction => {
    const known = cache.get(schema) ?? ajv.compile(jsonSchema(document, schema));
    cache.set(schema, known);
    return known;
  };
  const check = (what: string, schema: OpenApiSchema, value: unknown): readonly string[] => {
    const validate = compiled(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) => `${what}${error.instancePath}: ${error.message ?? ''} ${JSON.stringify(error.params)}`,
    );
  };
  return (request) => {
    const url = new URL(request.url, 'http://x');
    const operation = operationFor(document, request.method, url.pathname);
    if (operation === undefined) return [`no operation for ${request.method} ${url.pathname}`];
    return [...queryFaults(document, operation, url.searchParams, check), ...bodyFaults(operation, request, check)];
  };
}

type Check = (what: string, schema: OpenApiSchema, value: unknown) => readonly string[];

/** The operation whose template fits a path; one without placeholders goes before one with. */
export function operationFor(document: OpenApiDocument, method: string, path: string): OpenApiOperation | undefined {
  const fitting = Object.keys(document.paths)
    .filter((template) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .sort((left, right) => left.split('{').length - right.split('{').length);
  const [template] = fitting;
  return template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
}

function queryFaults(
  document: OpenApiDocument,
  operation: OpenApiOperation,
  query: URLSearchParams,
  check: Check,
): readonly string[] {
  return [...new Set(query.keys())].flatMap((name) => {
    const parameter = operation.parameters?.find((known) => known.in === 'query' && known.name === name);
    if (parameter === undefined) return [`unknown query parameter ${name}`];
    const schema = parameter.schema ?? {};
    return check(`?${name}`, schema, queryValue(resolved(document, schema), query.getAll(name)));
  });
}

function queryValue(schema: OpenApiSchema, values: readonly string[]): unknown {
  if (schema.type === 'array') return values;
  const [value = ''] = values;
  if (schema.type === 'integer') return /^-?\d+$/.test(value) ? Number(value) : value;
  return schema.type === 'boolean' && /^(true|false)$/.test(value) ? value === 'true' : value;
}

function bodyFaults(operation: OpenApiOperation, request: SeenRequest, check: Check): readonly string[] {
  const content = operation.requestBody?.content;
  if (request.body === '') return [];
  const schema = content?.[request.headers['content-type'] ?? '']?.schema;
  if (schema === undefined) return ['a body where none, or another content type, is known'];
  return check('body', schema, JSON.parse(request.body));
}

/** OpenAPI 3.0 to JSON Schema: references written out, `nullable` as a choice, descriptions left behind. */
function jsonSchema(document: OpenApiDocument, schema: OpenApiSchema, depth = 0): object {
  if (depth > 12) return {};
  const { nullable, properties, items, additionalProperties, ...rest } = resolved(document, schema);
  const deeper = (inner: OpenApiSchema): object => jsonSchema(document, inner, depth + 1);
  const plain = {
    ...(rest.type === undefined ? {} : { type: rest.type }),
    ...pick(rest, ['format', 'enum', 'required', 'maxLength', 'minLength', 'minimum', 'uniqueItems']),
    ...(properties === undefined ? {} : { properties: mapValues(properties, deeper) }),
    ...(items === undefined ? {} : { items: deeper(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: extra(additionalProperties, deeper) }),
  };
  return nullable === true ? { anyOf: [{ type: 'null' }, plain] } : plain;
}

function extra(additional: boolean | OpenApiSchema, deeper: (inner: OpenApiSchema) => object): boolean | object {
  return typeof additional === 'boolean' ? additional : Object.keys(additional).length <= 1 ? true : deeper(additional);
}

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

function mapValues<T>(from: Readonly<Record<string, T>>, map: (value: T) => object): object {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, map(value)]));
}
