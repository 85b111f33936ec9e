import type { Route } from './call';

interface Node {
  readonly fixed: Map<string, Node>;
  any: Node | undefined;
  readonly routes: Map<string, Route>;
}

export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds an operation by method and path; a fixed segment wins over a variable one. */
export class RouteTable {
  private readonly root = newNode();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      let node = this.root;
      for (const segment of segmentsOf(route.template)) node = childFor(node, segment);
      node.routes.set(route.method, route);
    }
  }

  find(method: string, path: string): FoundRoute | undefined {
    const values = segmentsOf(path);
    const route = find(this.root, values, 0, method);
    if (route === undefined) return undefined;
    const params: Record<string, string> = {};
    segmentsOf(route.template).forEach((segment, index) => {
      if (segment.startsWith('{')) params[segment.slice(1, -1)] = decode(values[index] ?? '');
    });
    return { route, params };
  }
}

function find(node: Node, values: readonly string[], at: number, method: string): Route | undefined {
  const value = values[at];
  if (value === undefined) return node.routes.get(method);
  const fixed = node.fixed.get(value.toLowerCase());
  const found = fixed === undefined ? undefined : find(fixed, values, at + 1, method);
  return found ?? (node.any === undefined ? undefined : find(node.any, values, at + 1, method));
}

function childFor(node: Node, segment: string): Node {
  if (segment.startsWith('{')) return (node.any ??= newNode());
  const known = node.fixed.get(segment.toLowerCase());
  if (known !== undefined) return known;
  const made = newNode();
  node.fixed.set(segment.toLowerCase(), made);
  return made;
}

function newNode(): Node {
  return { fixed: new Map(), any: undefined, routes: new Map() };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
