import { caseHugIdSchema, pageQuerySchema } from '@matterline/contracts';
import type { z } from 'zod';
import { type JsonSchema, jsonSchema } from './json-schema';
import type { RouteDescription } from './route-description';
import type { WalkedRoute } from './route-walk';

const OURS: JsonSchema = { type: 'string', minLength: 1 };

/** What stands in addresses, by the names that the contract gives it. */
const IN_PATH: Readonly<Record<string, readonly [JsonSchema, string]>> = {
  casehug_matter_id: [jsonSchema(caseHugIdSchema, 'input'), 'CaseHug’s id of the matter.'],
  upload_id: [jsonSchema(caseHugIdSchema, 'input'), 'CaseHug’s id of the upload.'],
  operation_id: [OURS, 'The id of an operation, `op_…`.'],
  id: [OURS, 'The id that an answer of ours gave.'],
  clientId: [jsonSchema(caseHugIdSchema, 'input'), 'CaseHug’s id of the client.'],
  hook_id: [OURS, 'The part of the address that nobody can guess; one a connection.'],
  tenant_id: [OURS, 'The PBX tenant, `pbx_…`.'],
  extension: [OURS, 'The extension as the PBX names it.'],
  event: [{ type: 'string', enum: ['newcall', 'connect', 'call'] }, 'The moment of the call.'],
};

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** @throws Error for a name in an address that nothing is said about */
export function parametersOf({ method, path, policy }: WalkedRoute, entry: RouteDescription): Parameter[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [
    ...names.map(inPath),
    ...(entry.isPaged ? inQuery(pageQuerySchema) : []),
    ...(entry.query ? inQuery(entry.query) : []),
    ...headersOf(method, policy?.allow ?? {}),
    ...Object.entries(entry.headers ?? {}).map(([name, description]) => inHeader(name, description)),
  ];
}

function inPath(name: string): Parameter {
  const [schema, description] = IN_PATH[name] ?? [];
  if (!schema) throw new Error(`nothing is said about {${name}}`);
  return { name, in: 'path', required: true, description, schema };
}

function inQuery(schema: z.ZodObject): Parameter[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema: rest,
  }));
}

const inHeader = (name: string, description: string, schema: JsonSchema = { type: 'string' }): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

function headersOf(method: string, allow: object): Parameter[] {
  const hasCaller = 'scope' in allow || 'role' in allow || 'session' in allow;
  return [
    ...('scope' in allow
      ? [inHeader('X-Casehug-Firm-Id', 'With a platform key: the firm that is meant, by CaseHug’s id or ours.')]
      : []),
    ...(hasCaller && method === 'post'
      ? [
          inHeader(
            'Idempotency-Key',
            'The same key and body give the first answer again for 24 hours; nothing is done twice.',
            { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
          ),
        ]
      : []),
    inHeader('X-Request-Id', 'Comes back in the answer.', { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' }),
  ];
}
