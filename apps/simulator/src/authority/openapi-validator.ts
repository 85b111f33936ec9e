import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { loadAjv } from './load-ajv';
import { applyOverlay, type OpenApiDocument, type OverlayEntry } from './openapi-overlay';
import { OperationIndex, pointerPart, type FoundOperation, type Parameter } from './operation-index';

export interface OpenApiValidator {
  /** `url` may be absolute or begin with `…/api/`. An empty answer means: as the document wants it. */
  checkRequest(method: string, url: string, body: unknown, contentType?: string): string[];
  /** `body` is parsed JSON, or undefined when there is none. */
  checkResponse(method: string, url: string, status: number, body: unknown, contentType?: string): string[];
}

export interface AuthorityFiles {
  readonly openapiPath: string;
  readonly overlayPath: string;
}

const ROOT = 'openapi';
const MOST_FINDINGS = 20;
/** What the gateway in front of the operations answers by itself; 501 is the simulator's own. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([401, 403, 413, 429, 500, 501, 502, 503, 504]);

/** The official document with the overlay worked in. */
export function readAuthority(files: AuthorityFiles): {
  readonly document: OpenApiDocument;
  readonly anyStatus: ReadonlySet<number>;
} {
  const official = JSON.parse(readFileSync(files.openapiPath, 'utf8')) as OpenApiDocument;
  const overlay = JSON.parse(readFileSync(files.overlayPath, 'utf8')) as { readonly entries: readonly OverlayEntry[] };
  return applyOverlay(official, overlay.entries);
}

/**
 * Holds requests and answers against the official OpenAPI file with our overlay worked in. Schemas are compiled when they are
 * first needed.
 * @throws when a file cannot be read, the overlay names something that is not in the document, or Ajv is not installed.
 */
export function createOpenApiValidator(files: AuthorityFiles): OpenApiValidator {
  const { document, anyStatus } = readAuthority(files);
  const index = new OperationIndex(document);
  const ajv = loadAjv();
  ajv.addSchema(nullableToTypes(document) as object, ROOT);
  const compiled = new Map<string, ValidateFunction>();

  const against = (pointer: string, value: unknown, where = ''): string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${ROOT}#${pointer}` });
    compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? [])
      .slice(0, MOST_FINDINGS)
      .map(
        (error) =>
          `${where}${error.instancePath || (where === '' ? '/' : '')} ${error.message ?? ''}${more(error.params)}`,
      );
  };

  const parametersOf = ({ operation, pointer, query }: FoundOperation): string[] => {
    const known = operation.parameters ?? [];
    const isNamed = (name: string) => (one: Parameter) =>
      one.in === 'query' && one.name.toLowerCase() === name.toLowerCase();
    const names = [...new Set(query.keys())];
    const missing = known
      .filter((one) => one.in === 'query' && one.required === true && !names.some((name) => isNamed(name)(one)))
      .map((one) => `query parameter ${one.name} is required`);
    const wrong = names.flatMap((name) => {
      const at = known.findIndex(isNamed(name));
      if (at < 0) return [`query parameter ${name} is not in the document`];
      const [best, ...others] = meaningsOf(query.getAll(name)).map((value) =>
        against(`${pointer}/parameters/${at}/schema`, value, `query parameter ${name}`),
      );
      return others.some((findings) => findings.length === 0) ? [] : (best ?? []);
    });
    return [...missing, ...wrong];
  };

  return {
    checkRequest(method, url, body, contentType) {
      const found = index.find(method, url);
      if (found === undefined) return [`${method} ${url}: no such operation`];
      const findings = parametersOf(found);
      const types = Object.keys(found.operation.requestBody?.content ?? {});
      const [first] = types;
      if (body === undefined)
        return found.operation.requestBody?.required === true ? [...findings, 'a body is required'] : findings;
      if (first === undefined) return [...findings, 'no body is expected'];
      if (contentType !== undefined && !types.some((type) => isType(contentType, type)))
        findings.push(`content type ${contentType} is not in the document`);
      return [
        ...findings,
        ...against(`${found.pointer}/requestBody/content/${pointerPart(first)}/schema`, body, 'body'),
      ];
    },
    checkResponse(method, url, status, body, contentType) {
      const saysJson = /[/+]json/.test(contentType ?? '');
      if (body !== undefined && contentType !== undefined && !saysJson)
        return [`content type ${contentType} is not JSON`];
      if (body === undefined && saysJson) return ['an empty body is no JSON'];
      if (GATEWAY_STATUSES.has(status) && isGatewayBody(body)) return [];
      const found = index.find(method, url);
      if (found === undefined) return [`${method} ${url}: no such operation`];
      const response = found.operation.responses[`${status}`];
      if (response === undefined && !(status >= 400 && anyStatus.has(status)))
        return [`status ${status} is not declared`];
      if (status >= 400) return against('/components/schemas/ProblemDetails', body);
      const first = Object.keys(response?.content ?? {})[0];
      if (first === undefined) return body === undefined || body === '' ? [] : ['no body is expected'];
      return against(`${found.pointer}/responses/${status}/content/${pointerPart(first)}/schema`, body);
    },
  };
}

/** The parts of Ajv's parameters that its message leaves out. */
function more(params: Readonly<Record<string, unknown>>): string {
  const { additionalProperty: name, allowedValues: values } = params;
  if (typeof name === 'string') return ` (${name})`;
  return Array.isArray(values) ? ` (${values.map(String).join(', ')})` : '';
}

/** Exactly `{"message": …}`, or `{"Message": …}` as the gateway spells it for a missing scope. */
function isGatewayBody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const [[name, text] = ['', undefined], ...others] = Object.entries(body);
  return others.length === 0 && name.toLowerCase() === 'message' && typeof text === 'string';
}

function isType(sent: string, declared: string): boolean {
  const [type = ''] = sent.toLowerCase().split(';');
  return declared === 'application/*+json' ? /^application\/.+\+json$/.test(type.trim()) : type.trim() === declared;
}

/** What the text of a query may mean, the likeliest first: a number or a truth value, text, a list. */
function meaningsOf(values: readonly string[]): unknown[] {
  const [value = ''] = values;
  if (values.length > 1) return [values];
  const texts: unknown[] = [value, values];
  if (/^-?\d+(\.\d+)?$/.test(value)) return [Number(value), ...texts];
  return /^(true|false)$/i.test(value) ? [value.toLowerCase() === 'true', ...texts] : texts;
}

/** OpenAPI 3.0 says `nullable`, JSON Schema says `type: [..., "null"]`, or a choice where there is a reference instead of a type. */
function nullableToTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullableToTypes);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) copy[name] = nullableToTypes(member);
  if (copy['nullable'] === true && typeof copy['type'] === 'string') {
    copy['type'] = [copy['type'], 'null'];
    if (Array.isArray(copy['enum'])) copy['enum'] = [...(copy['enum'] as unknown[]), null];
  }
  const isChoice = copy['nullable'] === true && copy['allOf'] !== undefined;
  // Ajv knows the keyword too and refuses it beside a list of types, or without a type.
  if (typeof copy['nullable'] === 'boolean') delete copy['nullable'];
  return isChoice ? { anyOf: [{ type: 'null' }, copy] } : copy;
}
