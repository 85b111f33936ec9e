import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenApiValidator, type OpenApiValidator } from './openapi-validator';

const json = (schema: unknown): unknown => ({ content: { 'application/json': { schema } } });
const ref = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` });

/** A small document of our own, in the manner of the official one. */
const DOCUMENT = {
  paths: {
    '/things': { post: { requestBody: json(ref('ThingDto')), responses: { '202': json(ref('Thing')) } } },
    '/things/{id}': {
      get: {
        parameters: [{ name: 'Limit', in: 'query', schema: { type: 'integer' } }],
        responses: { '200': json(ref('Thing')) },
      },
    },
    '/things/all': { delete: { responses: { '200': {} } } },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        additionalProperties: false,
        properties: { id: { type: 'string', nullable: true }, size: { type: 'integer', format: 'int64' } },
      },
      ThingDto: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: { type: 'string' } },
      },
      ProblemDetails: { type: 'object', properties: { status: { type: 'integer', nullable: true } } },
    },
  },
};
const ENTRIES = [
  { schema: 'Thing', change: { op: 'property', name: 'rel', value: { type: 'string' } }, reason: 'r', evidence: 'L' },
  { schema: 'Thing', change: { op: 'require', names: ['id'] }, reason: 'r', evidence: 'L' },
  {
    operation: 'GET /old/{id}',
    change: { op: 'operation_like', other: 'GET /things/{id}' },
    reason: 'r',
    evidence: 'D',
  },
  { operation: '*', change: { op: 'statuses', statuses: [404] }, reason: 'r', evidence: 'D' },
];

describe('the validator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  let validator: OpenApiValidator;
  const make = (entries: unknown): OpenApiValidator => {
    const [openapiPath, overlayPath] = [join(folder, 'openapi.json'), join(folder, 'overlay.json')];
    writeFileSync(openapiPath, JSON.stringify(DOCUMENT));
    writeFileSync(overlayPath, JSON.stringify({ entries }));
    return createOpenApiValidator({ openapiPath, overlayPath });
  };
  beforeAll(() => {
    validator = make(ENTRIES);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, string, string, number, unknown, number]>([
    ['a good answer', 'GET', '/things/1', 200, { id: '1', rel: 'self', size: 2 }, 0],
    ['null where the document allows it', 'GET', '/things/1', 200, { id: null }, 0],
    ['null where it does not', 'GET', '/things/1', 200, { id: '1', size: null }, 1],
    ['a member that is not in it', 'GET', '/things/1', 200, { id: '1', extra: 1 }, 1],
    ['a member that our table requires', 'GET', '/things/1', 200, {}, 1],
    ['a status that is not declared', 'GET', '/things/1', 202, { id: '1' }, 1],
    ['a problem that any operation may answer', 'GET', '/things/1', 404, { status: 404 }, 0],
    ['a broken problem', 'GET', '/things/1', 404, { status: 'x' }, 1],
    ['a gateway answer', 'GET', '/things/1', 403, { message: 'Forbidden' }, 0],
    ['an operation that the overlay adds', 'GET', 'http://h/us/api/old/1', 200, { id: '1' }, 0],
    ['an unknown operation', 'GET', '/nothing', 200, {}, 1],
    ['a body where none is declared', 'DELETE', '/things/all', 200, { id: '1' }, 1],
  ])('answers: %s', (_name, method, url, status, body, errors) => {
    expect(validator.checkResponse(method, url, status, body)).toHaveLength(errors);
  });

  it.each<[string, string, string, unknown, number]>([
    ['a good one', 'POST', '/things', { name: 'x' }, 0],
    ['a missing member', 'POST', '/things', {}, 1],
    ['a member that is not in the document', 'POST', '/things', { name: 'x', title: 'y' }, 1],
    ['a query parameter in another case', 'GET', '/things/1?limit=5', undefined, 0],
    ['an unknown query parameter', 'GET', '/things/1?email=x', undefined, 1],
    ['a query parameter of the wrong kind', 'GET', '/things/1?Limit=x', undefined, 1],
    ['a body where none is expected', 'GET', '/things/1', {}, 1],
  ])('requests: %s', (_name, method, url, body, errors) => {
    expect(validator.checkRequest(method, url, body)).toHaveLength(errors);
  });

  it('an overlay that names something unknown is an error', () => {
    const entry = { schema: 'Nothing', change: { op: 'require', names: [] }, reason: 'r', evidence: 'A' };
    expect(() => make([entry])).toThrow('unknown schema');
  });
});
