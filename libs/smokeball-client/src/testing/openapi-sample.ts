import { resolved, type OpenApiDocument, type OpenApiSchema } from './openapi-document';

const MAX_DEPTH = 5;
const SAMPLE_ID = '4a2e5a1c-7b3e-4f0a-9c58-0c2a6f1f8e11';
const SAMPLE_TICKS = 637558795239278689n;

/** `full` fills every member, `nulls` makes every nullable member null. */
export type SampleKind = 'full' | 'nulls';

/** JSON text of a value that the description allows, int64 with all its digits. */
export function sampleText(document: OpenApiDocument, schema: OpenApiSchema, kind: SampleKind): string {
  return jsonText(sample(document, schema, kind, '', 0));
}

function sample(
  document: OpenApiDocument,
  schema: OpenApiSchema,
  kind: SampleKind,
  name: string,
  depth: number,
): unknown {
  const known = resolved(document, schema);
  if (kind === 'nulls' && schema.nullable === true && !/^(id|fileId|\w+Url)$/.test(name)) return null;
  if (known.enum !== undefined) return known.enum[0];
  switch (known.type) {
    case 'object':
      return objectSample(document, known, kind, depth);
    case 'array':
      return depth > MAX_DEPTH || known.items === undefined
        ? []
        : [sample(document, known.items, kind, name, depth + 1)];
    case 'integer':
      return known.format === 'int64' && name === 'lastUpdated' ? SAMPLE_TICKS : 1;
    case 'number':
      return 1.5;
    case 'boolean':
      return true;
    case 'string':
      return textSample(known, name);
    default:
      return 'anything';
  }
}

function objectSample(document: OpenApiDocument, schema: OpenApiSchema, kind: SampleKind, depth: number): object {
  if (depth > MAX_DEPTH) return {};
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => [name, sample(document, member, kind, name, depth + 1)] as const,
  );
  return Object.fromEntries(members);
}

function textSample(schema: OpenApiSchema, name: string): string {
  if (schema.format === 'date-time') return '2024-05-06T07:08:09.1234567Z';
  if (/url$/i.test(name)) return 'https://files.example/slot?X=1';
  return /^id$|Id$/.test(name) ? SAMPLE_ID : `some ${name}`;
}

function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`)
    .join(',')}}`;
}
