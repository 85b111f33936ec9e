import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { PROJECT_DIR } from './launch/project-dir.mjs';
import { runJest } from './testing/run-jest.mjs';

/** What the page `/coverage/` of the simulator reads. */
export const DATA = path.join('apps', 'simulator', 'public', 'coverage', 'operations.json');
export const DOCUMENT = path.join('docs', 'simulator-coverage.md');
const TESTS = 'apps/simulator/src';

/** @typedef {{ method: string, template: string, isSimulated: boolean, tests: string[] }} Covered `tests`: files below apps/simulator/src */

/** The operations as the simulator's own list of routes has them. */
export function knownOperations() {
  const require = createRequire(import.meta.url);
  require(path.join(PROJECT_DIR, 'config', 'testing', 'swc-register.cjs'));
  return require(path.join(PROJECT_DIR, TESTS, 'coverage', 'operations.ts')).OPERATIONS;
}

/**
 * Which test files called which operation with success.
 * @param {string} folder where the tests left their notes
 * @returns {Covered[]}
 */
export function coveredBy(folder) {
  const tests = new Map();
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean)) {
      const [test, operation] = line.split('\t');
      const name = path.relative(TESTS, test).split(path.sep).join('/');
      tests.set(operation, new Set([...(tests.get(operation) ?? []), name]));
    }
  }
  return knownOperations().map(({ method, template, isSimulated }) => {
    const names = isSimulated ? [...(tests.get(`${method} ${template}`) ?? [])].sort() : [];
    return { method, template, isSimulated, tests: names };
  });
}

/**
 * @param {Covered[]} operations
 * @returns {Promise<{ data: string, document: string }>} both files as Prettier leaves them
 */
export async function renderCoverage(operations) {
  const simulated = operations.filter(({ isSimulated }) => isSimulated);
  const rows = operations.map(
    ({ method, template, isSimulated, tests }) =>
      `| \`${method} ${template}\` | ${isSimulated ? 'simulated' : '501'} | ${tests.map((name) => `\`${name}\``).join(', ')} |`,
  );
  const text = [
    '# What the simulator covers',
    'Made by `node scripts/simulator-coverage.mjs`, which runs the simulator’s tests and notes what each of them called with success; do not edit. The page `/coverage/` of a running simulator shows the same.',
    `Of ${operations.length} operations of Smokeball’s API ${simulated.length} work on real state. The other ${operations.length - simulated.length} pass the gateway and answer \`501 {"message": "not simulated: …"}\`. Every call of every test is held against Smokeball’s official description ([how](testing.md#held-against-smokeballs-own-description)). Test files are below \`${TESTS}\`.`,
    ['| Operation | Here | Tests |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
  const format = async (file, content, parser) => {
    const options = await prettier.resolveConfig(path.join(PROJECT_DIR, file));
    return await prettier.format(content, { ...options, parser });
  };
  return {
    data: await format(DATA, JSON.stringify({ operations }), 'json'),
    document: await format(DOCUMENT, text, 'markdown'),
  };
}

/** Writes both files, or with `onlyCheck` tells whether they are as they should be. */
export async function settleCoverage(folder, { onlyCheck }) {
  const { data, document } = await renderCoverage(coveredBy(folder));
  const files = [
    [DATA, data],
    [DOCUMENT, document],
  ].map(([file, text]) => [path.join(PROJECT_DIR, file), text]);
  if (onlyCheck) return files.every(([file, text]) => readFileSync(file, 'utf8') === text);
  for (const [file, text] of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return true;
}

async function main() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matterline-coverage-'));
  try {
    const env = { ...process.env, SIMULATOR_TEST_OPERATIONS: folder };
    // The coverage's own test is what this run mends.
    const args = [TESTS, '--maxWorkers=2', '--testPathIgnorePatterns', '/node_modules/', '/coverage\\.spec\\.ts$'];
    const counts = await runJest({ cwd: PROJECT_DIR, projects: ['simulator'], env, args, quiet: true });
    if (counts.failed > 0) throw new Error(`Nothing was written, because tests failed:\n${counts.failures.join('\n')}`);
    await settleCoverage(folder, { onlyCheck: false });
    console.log(`${DOCUMENT} is up to date.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
