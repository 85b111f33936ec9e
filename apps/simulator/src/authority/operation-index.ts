import type { OpenApiDocument } from './openapi-overlay';

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: unknown;
}

type Content = Readonly<Record<string, { readonly schema?: unknown }>>;

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content } | undefined>>;
}

export interface FoundOperation {
  readonly operation: Operation;
  /** Where it stands in the document, as the fragment of a reference. */
  readonly pointer: string;
  readonly query: URLSearchParams;
}

interface Known {
  readonly parts: readonly string[];
  readonly variables: number;
  readonly operation: Operation;
  readonly pointer: string;
}

const ACCOUNT = /^\/[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22}(?=\/)/;

/** Finds the operations of a document by method and address. */
export class OperationIndex {
  private readonly known = new Map<string, Known[]>();

  constructor(document: OpenApiDocument) {
    for (const [template, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const parts = template.split('/');
        const variables = parts.filter((part) => part.startsWith('{')).length;
        const pointer = `/paths/${pointerPart(template)}/${method}`;
        const key = `${method} ${parts.length}`;
        this.known.set(key, [
          ...(this.known.get(key) ?? []),
          { parts, variables, operation: operation as Operation, pointer },
        ]);
      }
    }
    // A fixed segment wins over a variable one.
    for (const list of this.known.values()) list.sort((one, other) => one.variables - other.variables);
  }

  /** `url` may be absolute, begin with `/{tenant}/api/`, and have an account id before the resource. */
  find(method: string, url: string): FoundOperation | undefined {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const path = pathname.replace(/^.*?\/api(?=\/)/, '');
    const found = this.fitting(method, path) ?? this.fitting(method, path.replace(ACCOUNT, ''));
    return found === undefined
      ? undefined
      : { operation: found.operation, pointer: found.pointer, query: searchParams };
  }

  private fitting(method: string, path: string): Known | undefined {
    const values = path.split('/');
    const candidates = this.known.get(`${method.toLowerCase()} ${values.length}`) ?? [];
    return candidates.find(({ parts }) =>
      parts.every((part, at) => part.startsWith('{') || part.toLowerCase() === values[at]?.toLowerCase()),
    );
  }
}

/** A part of a JSON pointer inside a URI fragment. */
export function pointerPart(part: string): string {
  return encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));
}
