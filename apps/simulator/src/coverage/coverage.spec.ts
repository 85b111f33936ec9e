import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OPENAPI_AT_HAND } from '../testing/official-openapi';
import { SimulatorUnderTest } from '../testing/simulator-under-test';
import { OPERATIONS } from './operations';

const ROOT = resolve(__dirname, '../../../..');
const AGAIN = 'else run: node scripts/simulator-coverage.mjs';

/** What an integration with a law firm's intake and telephones needs; the OAuth addresses are in `behaviour/`. */
const NEEDED = `
  GET /firm · GET /firmusers · GET /firm/users · GET /staff · GET /staff/{} · GET /mattertypes · GET /mattertypes/{} · GET /mattertypes/categories
  GET /contacts · GET /contacts/{} · POST /contacts/batch · POST /contacts · PUT /contacts/{} · DELETE /contacts/{}
  GET /contacts/{}/tags · POST /contacts/{}/tags · DELETE /contacts/{}/tags/{} · GET /contacts/{}/relations · POST /contacts/{}/relations
  GET /matters · POST /matters · GET /matters/{} · PATCH /matters/{} · PUT /matters/{} · GET /matters/{}/tags · POST /matters/{}/tags
  DELETE /matters/{}/tags/{} · GET /matters/{}/roles · GET /matters/{}/items · POST /matters/{}/documents/files
  GET /matters/{}/documents/files/{}/upload · PATCH /matters/{}/documents/files/{} · GET /matters/{}/documents/files/{}
  GET /matters/{}/documents/files · GET /matters/{}/documents/files/{}/history · GET /matters/{}/documents/files/{}/download
  DELETE /matters/{}/documents/files/{} · GET /matters/{}/documents/folders · POST /matters/{}/documents/folders · POST /matters/{}/memos
  POST /tasks · POST /matters/{}/fees · GET /activitycodes · POST /activitycodes · GET /webhooks/types · GET /webhooks · POST /webhooks
  PUT /webhooks/{} · DELETE /webhooks/{} · POST /webhooks/{}/notify · POST /search/files
`;
/** The beginning of their address is lost in the official description; where they really are nobody can say. */
const ADDRESS_UNKNOWN = ['POST /{}', 'DELETE /{}'];

const plain = (template: string): string => template.replace(/\{[^}]*\}/g, '{}');
const named = OPERATIONS.map(({ method, template }) => `${method} ${plain(template)}`);
const listed = (name: string): string[] =>
  (readFileSync(join(ROOT, name), 'utf8').match(/^\| `[A-Z]+ [^|]+/gm) ?? []).map((row) => row.trim());

interface Row {
  readonly method: string;
  readonly template: string;
  readonly isSimulated: boolean;
  readonly tests: readonly string[];
}

const { operations: rows } = JSON.parse(
  readFileSync(join(ROOT, 'apps/simulator/public/coverage/operations.json'), 'utf8'),
) as { readonly operations: readonly Row[] };

describe('the coverage of the API', () => {
  it('has everything that is needed', () => {
    const simulated = new Set(named.filter((_name, at) => OPERATIONS[at]?.isSimulated));
    const needed = NEEDED.split(/[·\n]/).map((name) => name.trim());
    expect(needed.filter((name) => name !== '' && !simulated.has(name))).toEqual([]);
  });

  it('names each operation once', () => expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([]));

  it(`is on the page as it is in the routes (${AGAIN})`, () => {
    expect(rows.map(({ method, template, isSimulated }) => ({ method, template, isSimulated }))).toEqual(OPERATIONS);
  });

  it(`is in the document as it is on the page (${AGAIN})`, () => {
    const expected = rows.map(({ method, template }) => `| \`${method} ${template}\``);
    expect(listed('docs/simulator-coverage.md')).toEqual(expected);
  });

  it(`names tests for all that is simulated, and only tests that exist (${AGAIN})`, () => {
    const untested = rows.filter(({ isSimulated, tests }) => isSimulated !== tests.length > 0);
    expect(untested.map(({ method, template }) => `${method} ${template}`)).toEqual([]);
    const files = new Set(rows.flatMap(({ tests }) => tests));
    expect([...files].filter((name) => !existsSync(join(ROOT, 'apps/simulator/src', name)))).toEqual([]);
  });

  it('is all of the official description, and nothing invented', () => {
    if (OPENAPI_AT_HAND === undefined) {
      process.stderr.write(`NOT CHECKED: whether the list of ${OPERATIONS.length} operations is the official one.\n`);
      expect(process.env['CI'] ?? '').toBe('');
      return;
    }
    const { paths } = JSON.parse(readFileSync(OPENAPI_AT_HAND, 'utf8')) as { paths: Record<string, object> };
    const official = Object.entries(paths).flatMap(([template, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${plain(template)}`),
    );
    // The older address of the list of users, which our overlay adds (docs/smokeball-api.md#staff).
    const all = [...official.filter((name) => !ADDRESS_UNKNOWN.includes(name)), 'GET /firm/users'];
    expect([...named].sort()).toEqual(all.sort());
  });
});

describe('an operation that is not simulated', () => {
  let sim: SimulatorUnderTest;
  beforeAll(async () => void (sim = await SimulatorUnderTest.connected()));
  afterAll(() => sim.close());

  it('answers 501 with its name, each of them', async () => {
    const wrong: string[] = [];
    for (const { method, template } of OPERATIONS.filter(({ isSimulated }) => !isSimulated)) {
      const path = template.replace(/\{[^}]*\}/g, '00000000-0000-4000-8000-000000000000');
      const answer = await sim.api(method, path);
      const isTold = answer.status === 501 && answer.body['message'] === `not simulated: ${method} ${template}`;
      if (!isTold) wrong.push(`${method} ${template} → ${answer.status} ${answer.text}`);
    }
    expect(wrong).toEqual([]);
  });
});
