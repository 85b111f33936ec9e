import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runLogged } from './run-logged.mjs';

const NOT_BUILT = /\.(int-|e2e-|long-)?spec\.ts$|\.md$|(^|\/)testing\//;

/** What is built from what, and into what. */
export const BUILDS = {
  server: {
    title: 'the server',
    sources: ['apps/api', 'apps/worker', 'apps/cli', 'apps/simulator', 'libs', 'migrations'],
    files: ['package-lock.json', 'tsconfig.json', 'tsconfig.server.json', 'nest-cli.json'],
    made: 'dist/server/apps/api/src/main.js',
    program: '@nestjs/cli/bin/nest.js',
    args: ['build'],
  },
  console: {
    title: 'the console',
    sources: ['apps/admin-console', 'libs/contracts'],
    files: ['package-lock.json', 'tsconfig.json', 'angular.json'],
    made: 'dist/admin-console/browser/index.html',
    program: '@angular/cli/bin/ng.js',
    args: ['build'],
  },
};

/**
 * Whether a build is missing or older than its sources (by their content, so a fresh checkout of the same commit is not).
 * @param {string} projectDir
 * @param {keyof BUILDS} name
 */
export function isStale(projectDir, name) {
  const stamp = stampFile(projectDir, name);
  if (!existsSync(path.join(projectDir, BUILDS[name].made)) || !existsSync(stamp)) return true;
  return readFileSync(stamp, 'utf8') !== sourceHash(projectDir, name);
}

/**
 * @param {string} projectDir
 * @param {keyof BUILDS} name
 * @param {string} logFile
 */
export async function build(projectDir, name, logFile) {
  const { program, args, title } = BUILDS[name];
  const hash = sourceHash(projectDir, name);
  rmSync(stampFile(projectDir, name), { force: true });
  await runLogged({
    command: process.execPath,
    args: [path.join(projectDir, 'node_modules', program), ...args],
    cwd: projectDir,
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', NO_COLOR: '1' },
    logFile,
    what: `Building ${title}`,
  });
  writeFileSync(stampFile(projectDir, name), hash);
}

const stampFile = (projectDir, name) => path.join(projectDir, 'dist', `.${name}.stamp`);

function sourceHash(projectDir, name) {
  const { sources, files } = BUILDS[name];
  const all = [...files, ...sources.flatMap((dir) => filesBelow(projectDir, dir))].sort();
  const hash = createHash('sha256');
  for (const file of all) hash.update(`\0${file}\0`).update(readFileSync(path.join(projectDir, file)));
  return hash.digest('hex');
}

function filesBelow(projectDir, dir) {
  const at = path.join(projectDir, dir);
  if (!existsSync(at)) return [];
  return readdirSync(at, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(path.relative(projectDir, entry.parentPath ?? entry.path), entry.name))
    .filter((file) => !NOT_BUILT.test(file));
}
