import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { evaluate } from './testing/evaluate';

const FILES = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.server.json',
  'nest-cli.json',
  'libs/sync/src/a.ts',
  'libs/sync/src/a.spec.ts',
];

/** A stand-in for the compiler, so that the test is about stamps and not about TypeScript. */
const COMPILER = `
  const fs = require('node:fs');
  fs.mkdirSync('dist/server/apps/api/src', { recursive: true });
  fs.writeFileSync('dist/server/apps/api/src/main.js', '');
  console.log('built');`;

describe('a build', () => {
  let dir: string;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  };
  const isStale = () => evaluate(`return (await load('launch/builds.mjs')).isStale(input, 'server');`, dir).value;
  const build = () => evaluate(`await (await load('launch/builds.mjs')).build(input, 'server', input + '/log');`, dir);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'matterline-build-'));
    for (const file of FILES) write(file, '{}');
    write('node_modules/@nestjs/cli/bin/nest.js', COMPILER);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made when missing and not again until a source changes', () => {
    expect(isStale()).toBe(true);
    build();
    expect(isStale()).toBe(false);
    write('libs/sync/src/a.spec.ts', 'a test is not built');
    expect(isStale()).toBe(false);
    write('libs/sync/src/a.ts', 'changed');
    expect(isStale()).toBe(true);
  });

  it('does not mind when the checkout is copied elsewhere', () => {
    build();
    const copy = `${dir}-copy`;
    cpSync(dir, copy, { recursive: true });
    expect(evaluate(`return (await load('launch/builds.mjs')).isStale(input, 'server');`, copy).value).toBe(false);
    rmSync(copy, { recursive: true });
  });

  const failures: readonly [name: string, output: string, message: RegExp][] = [
    [
      'a mistake in a source',
      'src/a.ts:1:1 - error TS2304: Cannot find name',
      /Building the server failed: src\/a\.ts:1:1 - error TS2304.*output is in/,
    ],
    ['a full disk', 'Error: ENOSPC: no space left on device, write', /the disk is full.*Free some space/],
  ];
  it.each(failures)('that fails by %s says so in one line', (_name, output, message) => {
    write('node_modules/@nestjs/cli/bin/nest.js', `console.error(${JSON.stringify(output)}); process.exit(1);`);
    expect(build().error).toMatchObject({ isProblem: true, message: expect.stringMatching(message) });
    expect(isStale()).toBe(true);
  });
});
