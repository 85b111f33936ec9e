/** One way in which real answers are known to differ from the official document. */
export interface OverlayEntry {
  /** A schema of the document; or an operation such as `GET /firm/users`, or `*` for all. */
  readonly schema?: string;
  readonly operation?: string;
  readonly change:
    | { readonly op: 'property'; readonly name: string; readonly value: Readonly<Record<string, unknown>> }
    | { readonly op: 'require'; readonly names: readonly string[] }
    | { readonly op: 'operation_like'; readonly other: string }
    | { readonly op: 'statuses'; readonly statuses: readonly number[] };
  readonly reason: string;
  /** S official document, D official documentation, L seen live, I inferred, A our choice; with where the facts are. */
  readonly evidence: string;
}

export interface OpenApiDocument {
  readonly paths: Record<string, Record<string, unknown>>;
  readonly components: { readonly schemas: Record<string, SchemaObject> };
}

export interface SchemaObject {
  [keyword: string]: unknown;
  properties?: Record<string, unknown>;
  required?: string[];
}

/** The document with the entries worked in, and the statuses that any operation may answer. */
export function applyOverlay(
  document: OpenApiDocument,
  entries: readonly OverlayEntry[],
): { readonly document: OpenApiDocument; readonly anyStatus: ReadonlySet<number> } {
  const changed = structuredClone(document);
  const anyStatus = new Set<number>();
  for (const { schema, operation, change } of entries) {
    const target = changed.components.schemas[schema ?? ''];
    if (schema !== undefined && target === undefined) throw new Error(`the overlay names an unknown schema: ${schema}`);
    if (change.op === 'statuses') change.statuses.forEach((status) => anyStatus.add(status));
    else if (change.op === 'operation_like') copyOperation(changed, operation ?? '', change.other);
    else if (target !== undefined && change.op === 'property') {
      target.properties = { ...target.properties, [change.name]: change.value };
    } else if (target !== undefined && change.op === 'require') {
      target.required = [...new Set([...(target.required ?? []), ...change.names])];
    }
  }
  return { document: changed, anyStatus };
}

function copyOperation(document: OpenApiDocument, operation: string, other: string): void {
  const [method = '', path = ''] = operation.split(' ');
  const [otherMethod = '', otherPath = ''] = other.split(' ');
  const source = document.paths[otherPath]?.[otherMethod.toLowerCase()];
  if (source === undefined) throw new Error(`the overlay names an unknown operation: ${other}`);
  document.paths[path] = { ...document.paths[path], [method.toLowerCase()]: source };
}
