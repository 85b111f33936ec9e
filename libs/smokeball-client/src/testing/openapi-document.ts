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
    | { readonly op: 'require'; readonly names: readonly string[] }
    | { readonly op: 'operation_like'; readonly other: string }
    | { readonly op: 'statuses'; readonly statuses: readonly number[] };
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
  const text = readFileSync(join(PROJECT_ROOT, 'config/smokeball-overlay.json'), 'utf8');
  const { entries } = JSON.parse(text) as { readonly entries: readonly OverlayEntry[] };
  return entries.reduce(withEntry, official);
}

function withEntry(document: OpenApiDocument, { schema, operation = '', change }: OverlayEntry): OpenApiDocument {
  if (change.op === 'operation_like') return withOperation(document, operation, change.other);
  if (change.op === 'statuses') return withStatuses(document, operation, change.statuses);
  const known = document.components.schemas[schema ?? ''];
  if (known === undefined) throw new Error(`The overlay names an unknown schema ${schema ?? ''}`);
  const changed =
    change.op === 'property'
      ? { ...known, properties: { ...known.properties, [change.name]: change.value } }
      : { ...known, required: [...new Set([...(known.required ?? []), ...change.names])] };
  const schemas = { ...document.components.schemas, [schema ?? '']: changed };
  return { ...document, components: { schemas } };
}

function withOperation(document: OpenApiDocument, operation: string, other: string): OpenApiDocument {
  const [method = '', route = ''] = operation.split(' ');
  const [otherMethod = '', otherRoute = ''] = other.split(' ');
  const like = document.paths[otherRoute]?.[otherMethod.toLowerCase()];
  if (like === undefined) throw new Error(`The overlay names an unknown operation ${other}`);
  const item = { ...document.paths[route], [method.toLowerCase()]: like };
  return { ...document, paths: { ...document.paths, [route]: item } };
}

/** Declares answers that the description lists for some operations only; what it says itself stays. `*` means all. */
function withStatuses(document: OpenApiDocument, operation: string, statuses: readonly number[]): OpenApiDocument {
  const added = Object.fromEntries(statuses.map((status) => [String(status), {}]));
  const declared = (route: string, [method, known]: readonly [string, OpenApiOperation]) => {
    const isMeant = operation === '*' || operation.toLowerCase() === `${method} ${route}`.toLowerCase();
    return [method, isMeant ? { ...known, responses: { ...added, ...known.responses } } : known] as const;
  };
  const paths = Object.entries(document.paths).map(
    ([route, item]) =>
      [route, Object.fromEntries(Object.entries(item).map((entry) => declared(route, entry)))] as const,
  );
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Follows references and one-part `allOf` to the schema that says something. */
export function resolved(document: OpenApiDocument, schema: OpenApiSchema): OpenApiSchema {
  const target =
    schema.$ref === undefined ? schema.allOf?.[0] : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  return target === undefined ? schema : { ...resolved(document, target), nullable: schema.nullable };
}
