import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

/** `npm run check`: format, lint, boundaries, types and unit tests. `--static` leaves the unit tests out. */
async function main(args) {
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { runSteps } = await import('./testing/steps.mjs');
  const begun = Date.now();
  const steps = [...staticSteps(PROJECT_DIR), ...(args.includes('--static') ? [] : [unitTests(PROJECT_DIR)])];
  const atOnce = Math.min(4, availableParallelism());
  const failed = await runSteps(steps, { cwd: PROJECT_DIR, atOnce, say: console.log });
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  console.log(
    failed === 0 ? `All ${steps.length} checks passed in ${seconds} s.` : `${failed} of ${steps.length} checks failed.`,
  );
  if (failed > 0) process.exitCode = 1;
}

/** The longest first: with two lanes the short ones fill the gaps. */
function staticSteps(projectDir) {
  const cache = (name) => path.join('node_modules', '.cache', 'matterline', name);
  const incremental = (name) => ['--noEmit', '--incremental', '--tsBuildInfoFile', cache(`${name}.tsbuildinfo`)];
  // Per file: a rule that reads another file's types may be answered from before that file changed. CI reads everything anew.
  const lintCache = ['--cache', '--cache-strategy', 'content', '--cache-location', cache('eslint')];
  const console_ = 'apps/admin-console/tsconfig.app.json';
  const folders = ['apps', 'libs', 'migrations'].filter((dir) => existsSync(path.join(projectDir, dir)));
  const cruise = ['--config', 'config/dependency-cruiser.cjs', '--output-type', 'err', ...folders];
  return [
    step(projectDir, 'lint', 'eslint/bin/eslint.js', [
      '.',
      '--max-warnings',
      '0',
      ...(process.env.CI ? [] : lintCache),
    ]),
    step(projectDir, 'types of server and tests', 'typescript/bin/tsc', [
      '-p',
      'tsconfig.json',
      ...incremental('server'),
    ]),
    step(projectDir, 'types of console and templates', '@angular/compiler-cli/bundles/src/bin/ngc.js', [
      '-p',
      console_,
      '--noEmit',
    ]),
    step(projectDir, 'format', 'prettier/bin/prettier.cjs', [
      '--check',
      '.',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      cache('prettier'),
    ]),
    step(projectDir, 'boundaries', 'dependency-cruiser/bin/dependency-cruise.mjs', cruise),
  ];
}

function unitTests(projectDir) {
  const args = [
    '--selectProjects',
    'unit',
    'console',
    '--passWithNoTests',
    '--silent',
    '--reporters',
    'summary',
    '--reporters',
    'default',
  ];
  return step(projectDir, 'unit tests', 'jest/bin/jest.js', args);
}

function step(projectDir, title, program, args) {
  return { title, command: process.execPath, args: [path.join(projectDir, 'node_modules', program), ...args] };
}

await main(process.argv.slice(2));
