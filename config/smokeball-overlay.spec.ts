import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const OFFICIAL = path.resolve(ROOT, process.env['SMOKEBALL_OPENAPI'] ?? '../shared/smokeball/swagger.json');
const EVIDENCE = /^[SDLIA] docs\/smokeball-api\.md#([a-z-]+)$/;
const OPERATIONS = ['property', 'require', 'operation_like', 'statuses'];

interface Entry {
  readonly schema?: string;
  readonly operation?: string;
  readonly change: { readonly op: string; readonly other?: string };
  readonly reason: string;
  readonly evidence: string;
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const { entries } = JSON.parse(read('config/smokeball-overlay.json')) as { readonly entries: readonly Entry[] };
const nameOf = ({ schema, operation, change }: Entry): string =>
  [schema ?? operation, change.op, ...('name' in change ? [change.name] : [])].join(' ');
const named = entries.map((entry) => [nameOf(entry), entry] as const);

describe('the overlay on the official description', () => {
  const anchors = [...read('docs/smokeball-api.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replace(/ /g, '-'),
  );

  it.each(named)('%s has a reason, a mark and a place in our facts', (_name, { reason, evidence }) => {
    expect(reason.length).toBeGreaterThan(20);
    expect(anchors).toContain(EVIDENCE.exec(evidence)?.[1] ?? evidence);
  });

  it.each(named)('%s is something both readers understand', (_name, { schema, operation, change }) => {
    expect(OPERATIONS).toContain(change.op);
    expect([schema, operation].filter((target) => target !== undefined)).toHaveLength(1);
  });

  it('says nothing twice', () => {
    expect(named.map(([name]) => name).sort()).toEqual([...new Set(named.map(([name]) => name))].sort());
  });
});

describe('the overlay and the official description', () => {
  if (!existsSync(OFFICIAL)) {
    it('could not be compared', () => {
      console.warn(
        `NOT CHECKED: whether ${entries.length} overlay entries are needed; no official file at ${OFFICIAL}.`,
      );
      expect(process.env['CI'] ?? '').toBe('');
    });
    return;
  }
  const official = JSON.parse(readFileSync(OFFICIAL, 'utf8')) as {
    readonly paths: Record<string, Record<string, unknown>>;
    readonly components: {
      readonly schemas: Record<string, { required?: string[]; properties?: Record<string, unknown> }>;
    };
  };
  const has = (operation = ''): boolean => {
    const [method = '', route = ''] = operation.split(' ');
    return official.paths[route]?.[method.toLowerCase()] !== undefined;
  };

  it.each(named)('%s is laid over something that is there, and changes it', (_name, { schema, operation, change }) => {
    if (change.op === 'operation_like') {
      expect([has(change.other), has(operation)]).toEqual([true, false]);
      return;
    }
    if (change.op === 'statuses') {
      expect(operation === '*' || has(operation)).toBe(true);
      return;
    }
    const known = official.components.schemas[schema ?? ''];
    const { name = '', value, names = [] } = change as { name?: string; value?: unknown; names?: readonly string[] };
    expect(known).toBeDefined();
    if (change.op === 'property') expect(known?.properties?.[name]).not.toEqual(value);
    else {
      expect(names.filter((one) => known?.properties?.[one] === undefined)).toEqual([]);
      expect(names.filter((one) => known?.required?.includes(one) === true)).not.toEqual(names);
    }
  });
});
