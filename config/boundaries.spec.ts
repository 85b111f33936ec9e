import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** A small house in which each file breaks one rule, or none. */
const files: readonly [file: string, text: string, broken: string | null][] = [
  ['libs/contracts/src/index.ts', `export const money = 1;`, null],
  ['libs/platform/src/index.ts', `export const clock = 1; export * from './inner';`, null],
  ['libs/platform/src/inner.ts', `export const inner = 1;`, null],
  ['libs/sync/src/index.ts', `import { clock } from '@matterline/platform'; export const a = clock;`, null],
  [
    'libs/platform/src/upward.ts',
    `import { a } from '@matterline/sync'; export const b = a;`,
    'platform-imports-only-downwards',
  ],
  ['libs/documents/src/index.ts', `export const d = 1;`, null],
  [
    'libs/telephony/src/side.ts',
    `import { d } from '@matterline/documents'; export const e = d;`,
    'telephony-imports-only-downwards',
  ],
  [
    'libs/sync/src/deep.ts',
    `import { inner } from '../../platform/src/inner'; export const f = inner;`,
    'only-through-index',
  ],
  ['libs/audit/src/one.ts', `import { two } from './two'; export const one = () => two;`, 'no-cycles'],
  // A cycle is told once, at the first of its files.
  ['libs/audit/src/two.ts', `import { one } from './one'; export const two = () => one;`, null],
  ['libs/audit/src/three.ts', `import type { Four } from './four'; export interface Three { four: Four }`, null],
  ['libs/audit/src/four.ts', `import type { Three } from './three'; export interface Four { three: Three }`, null],
  [
    'apps/simulator/src/near.ts',
    `import { money } from '@matterline/contracts'; export const g = money;`,
    'simulator-imports-nothing-of-ours',
  ],
  [
    'apps/admin-console/src/far.ts',
    `import { clock } from '@matterline/platform'; export const h = clock;`,
    'console-only-through-index',
  ],
  ['apps/admin-console/src/fine.ts', `import { money } from '@matterline/contracts'; export const i = money;`, null],
  ['apps/cli/src/fine.ts', `import { clock } from '@matterline/platform'; export const j = clock;`, null],
  [
    'apps/cli/src/other.ts',
    `import { k } from '../../api/src/thing'; export const l = k;`,
    'apps-do-not-import-each-other',
  ],
  ['apps/api/src/thing.ts', `export const k = 1;`, null],
  [
    'libs/smokeball-client/src/nest.ts',
    `import { Module } from '@nestjs/common'; export const m = Module;`,
    'smokeball-client-knows-no-framework',
  ],
  [
    'libs/contracts/src/node.ts',
    `import { join } from 'node:path'; export const n = join;`,
    'contracts-use-nothing-of-node',
  ],
  ['libs/contracts/src/zod.ts', `import { z } from 'zod'; export const o = z;`, null],
  [
    'libs/contracts/src/orm.ts',
    `import { Column } from 'typeorm'; export const p = Column;`,
    'contracts-run-in-the-browser-too',
  ],
  ['libs/auth/src/lost.ts', `import { q } from './nowhere'; export const r = q;`, 'everything-imported-exists'],
  ['libs/auth/src/product.ts', `import { s } from './testing/fake'; export const t = s;`, 'no-tests-in-the-product'],
  ['libs/auth/src/testing/fake.ts', `export const s = 1;`, null],
  ['libs/auth/src/thing.spec.ts', `import { s } from './testing/fake'; export const u = s;`, null],
  ['libs/auth/src/late.ts', `import { parse } from 'yaml'; export const v = parse;`, 'nothing-undeclared-at-run-time'],
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('the boundaries', () => {
  let dir: string;
  let found: readonly Violation[];

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'matterline-house-'));
    for (const [file, text] of files) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
    for (const file of ['tsconfig.json', 'package.json']) cpSync(join(ROOT, file), join(dir, file));
    symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
    const cruiser = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const config = join(ROOT, 'config', 'dependency-cruiser.cjs');
    const args = [cruiser, '--config', config, '--output-type', 'json', 'apps', 'libs'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    found = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const rulesBrokenBy = (file: string) => [
    ...new Set(found.filter(({ from }) => from === file).map(({ rule }) => rule.name)),
  ];

  it.each(files.filter(([, , broken]) => broken === null))('let %s be', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });

  it.each(files.filter(([, , broken]) => broken !== null))('stop %s', (file, _text, broken) => {
    expect(rulesBrokenBy(file)).toContain(broken);
  });
});
