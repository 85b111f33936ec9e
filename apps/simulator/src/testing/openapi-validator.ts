import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { applyOverlay, type OpenApiDocument, type OverlayEntry } from './openapi-overlay';

export interface OpenApiValidator {
  /** `url` may be absolute or begin with `…/api/`. An empty answer means: as the document wants it. */
  checkRequest(method: string, url: string, body: unknown): string[];
  checkResponse(method: string, url: string, status: number, body: unknown): string[];
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema?: { readonly type?: string };
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Record<string, { readonly schema: unknown }>;
  };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: unknown }> }>;
}

interface FoundOperation {
  readonly pointer: string;
  readonly operation: Operation;
  readonly query: URLSearchParams;
}

const ROOT = 'openapi';
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([401, 403, 429, 500, 501, 503, 504]);

/**
 * Holds requests and answers against the official OpenAPI file with our overlay worked in.
 * @throws when a file cannot be read or the overlay names something that is not in the document.
 */
export function createOpenApiValidator(files: {
  readonly openapiPath: string;
  readonly overlayPath: string;
}): OpenApiValidator {
  const official = JSON.parse(readFileSync(files.openapiPath, 'utf8')) as OpenApiDocument;
  const overlay = JSON.parse(readFileSync(files.overlayPath, 'utf8')) as { readonly entries: readonly OverlayEntry[] };
  const { document, anyStatus } = applyOverlay(official, overlay.entries);
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema(nullableToTypes(document) as object, ROOT);
  const compiled = new Map<string, ValidateFunction>();

  const against = (pointer: string, body: unknown): string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${ROOT}#${pointer}` });
    compiled.set(pointer, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || '/'} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
    );
  };

  return {
    checkRequest(method, url, body) {
      const found = findOperation(document, method, url);
      if (found === undefined) return [`${method} ${url}: no such operation`];
      const unknown = unknownParameters(found);
      const content = Object.keys(found.operation.requestBody?.content ?? {});
      const first = content[0];
      if (body === undefined) return found.operation.requestBody?.required === true ? ['a body is required'] : unknown;
      if (first === undefined) return [...unknown, 'no body is expected'];
      return [...unknown, ...against(`${found.pointer}/requestBody/content/${escape(first)}/schema`, body)];
    },
    checkResponse(method, url, status, body) {
      const found = findOperation(document, method, url);
      if (found === undefined) return [`${method} ${url}: no such operation`];
      const response = found.operation.responses[`${status}`];
      if (status >= 400) {
        const isGateway = GATEWAY_STATUSES.has(status) && isGatewayBody(body);
        if (isGateway) return [];
        if (response === undefined && !anyStatus.has(status)) return [`status ${status} is not declared`];
        return against('/components/schemas/ProblemDetails', body);
      }
      if (response === undefined) return [`status ${status} is not declared`];
      const first = Object.keys(response.content ?? {})[0];
      if (first === undefined) return body === undefined || body === '' ? [] : ['no body is expected'];
      return against(`${found.pointer}/responses/${status}/content/${escape(first)}/schema`, body);
    },
  };
}

function isGatewayBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('message' in body || 'Message' in body);
}

function unknownParameters(found: FoundOperation): string[] {
  const parameters = (found.operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const errors: string[] = [];
  for (const [name, value] of found.query) {
    const known = parameters.find((parameter) => parameter.name.toLowerCase() === name.toLowerCase());
    if (known === undefined) errors.push(`query parameter ${name} is not in the document`);
    else if (known.schema?.type === 'integer' && !/^-?\d+$/.test(value)) errors.push(`${name} must be a whole number`);
    else if (known.schema?.type === 'boolean' && !/^(true|false)$/i.test(value))
      errors.push(`${name} must be true or false`);
  }
  return errors;
}

function findOperation(document: OpenApiDocument, method: string, url: string): FoundOperation | undefined {
  const parsed = new URL(url, 'http://localhost');
  const path = parsed.pathname.replace(/^.*?\/api(?=\/)/, '');
  const segments = path.split('/');
  const fits = (template: string): boolean => {
    const parts = template.split('/');
    return parts.length === segments.length && parts.every((part, i) => part.startsWith('{') || part === segments[i]);
  };
  // A fixed segment wins over a variable one.
  const variables = (template: string): number => template.split('{').length;
  const templates = Object.keys(document.paths)
    .filter(fits)
    .sort((a, b) => variables(a) - variables(b));
  for (const template of templates) {
    const operation = document.paths[template]?.[method.toLowerCase()] as Operation | undefined;
    if (operation === undefined) continue;
    const pointer = `/paths/${escape(template)}/${method.toLowerCase()}`;
    return { pointer, operation, query: parsed.searchParams };
  }
  return undefined;
}

/** A part of a JSON pointer inside a URI fragment. */
function escape(part: string): string {
  return encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));
}

/** OpenAPI 3.0 says `nullable`, JSON Schema says `type: [..., "null"]`. */
function nullableToTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullableToTypes);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) copy[name] = nullableToTypes(member);
  if (copy['nullable'] === true && typeof copy['type'] === 'string') {
    copy['type'] = [copy['type'], 'null'];
    if (Array.isArray(copy['enum'])) copy['enum'] = [...(copy['enum'] as unknown[]), null];
  }
  // Ajv knows the keyword too and refuses it beside a list of types, or without a type.
  if (typeof copy['nullable'] === 'boolean') delete copy['nullable'];
  return copy;
}
