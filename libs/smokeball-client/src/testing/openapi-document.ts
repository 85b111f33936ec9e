import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of an OpenAPI 3.0 schema as Smokeball's description uses. */
export interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly allOf?: readonly OpenApiSchema[];
  readonly additionalProperties?: boolean | OpenApiSchema;
}

export interface OpenApiOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: OpenApiSchema }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema?: OpenApiSchema }>>;

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiSchema>> };
}

/** One known difference between real traffic and the official description. */
interface OverlayEntry {
  readonly schema?: string;
  readonly operation?: string;
  readonly change:
    | { readonly op: 'property'; readonly name: string; readonly value: OpenApiSchema }
    | { readonly op: 'operation_like'; readonly other: string };
}

const PROJECT_ROOT = join(__dirname, '../../../..');

/** Where the official description is looked for; it is not ours to ship. */
export function openApiPath(env: NodeJS.ProcessEnv): string {
  return env['SMOKEBALL_OPENAPI'] ?? join(PROJECT_ROOT, '../shared/smokeball/swagger.json');
}

/** The official description with our overlay laid over it, or undefined where the file is missing. */
export function loadOpenApi(env: NodeJS.ProcessEnv): OpenApiDocument | undefined {
  const path = openApiPath(env);
  if (!existsSync(path)) return undefined;
  const official = JSON.parse(readFileSync(path, 'utf8')) as OpenApiDocument;
  const text = readFileSync(join(__dirname, 'smokeball-overlay.json'), 'utf8');
  const { entries } = JSON.parse(text) as { readonly entries: readonly OverlayEntry[] };
  return entries.reduce(withEntry, official);
}

function withEntry(document: OpenApiDocument, { schema = '', operation = '', change }: OverlayEntry): OpenApiDocument {
  const { paths, components } = document;
  if (change.op === 'operation_like') {
    const [method = '', route = ''] = operation.toLowerCase().split(' ');
    const [, other = ''] = change.other.split(' ');
    const like = paths[other]?.[method];
    if (like === undefined) throw new Error(`The overlay names an unknown operation ${change.other}`);
    return { ...document, paths: { ...paths, [route]: { ...paths[route], [method]: like } } };
  }
  const known = components.schemas[schema];
  if (known === undefined) throw new Error(`The overlay names an unknown schema ${schema}`);
  const changed = { ...known, properties: { ...known.properties, [change.name]: change.value } };
  return { ...document, components: { schemas: { ...components.schemas, [schema]: changed } } };
}

/** Follows references and one-part `allOf` to the schema that says something. */
export function resolved(document: OpenApiDocument, schema: OpenApiSchema): OpenApiSchema {
  const target =
    schema.$ref === undefined ? schema.allOf?.[0] : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  return target === undefined ? schema : { ...resolved(document, target), nullable: schema.nullable };
}
