import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

const TESTS = ['behaviour', 'files', 'resources', 'conformance.spec.ts'].map((name) => `apps/simulator/src/${name}`);

/**
 * `npm run test:prism`: the simulator's tests once more, every call of the API through Prism's validating proxy, which knows the
 * official description with our overlay and nothing of our own validator. Other arguments go to Jest.
 *
 * Ends with the line `N passed, N failed, N skipped`. Without the official file (SMOKEBALL_OPENAPI) it says that nothing was checked,
 * which counts as skipped, with CI set as failed.
 */
async function main(jestArgs) {
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { Progress } = await import('./launch/progress.mjs');
  const { runJest } = await import('./testing/run-jest.mjs');
  const { installPrism, startPrism } = await import('./testing/prism.mjs');
  const { prismDocument } = await import('./testing/prism-document.mjs');
  const { tellCalls } = await import('./testing/prism-report.mjs');
  const openapiPath = path.resolve(PROJECT_DIR, process.env.SMOKEBALL_OPENAPI ?? '../shared/smokeball/swagger.json');
  if (!existsSync(openapiPath)) {
    console.log(
      `NOT CHECKED: the simulator through Prism, because there is no official file at ${openapiPath}. Set SMOKEBALL_OPENAPI.`,
    );
    console.log(process.env.CI ? '0 passed, 1 failed, 0 skipped' : '0 passed, 0 failed, 1 skipped');
    process.exitCode = process.env.CI ? 1 : 0;
    return;
  }
  const progress = new Progress();
  const logs = path.join(PROJECT_DIR, '.data', 'logs');
  mkdirSync(logs, { recursive: true });
  await progress.step('Installing Prism, if it is missing', () => installPrism(path.join(logs, 'prism.log')));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'matterline-prism-'));
  const documentFile = path.join(folder, 'smokeball.json');
  writeFileSync(documentFile, JSON.stringify(prismDocument(openapiPath)));
  const prism = await progress.step('Starting Prism', () => startPrism(documentFile));
  try {
    const log = path.join(folder, 'calls.ndjson');
    const env = { ...process.env, SIMULATOR_TEST_PROXY: prism.url, SIMULATOR_TEST_PROXY_LOG: log };
    const args = [...TESTS, '--maxWorkers=2'];
    const counts = await runJest({ cwd: PROJECT_DIR, projects: ['simulator'], env, args, callersArgs: jestArgs });
    const isWhole = jestArgs.length === 0;
    const complaints = tellCalls(existsSync(log) ? readFileSync(log, 'utf8') : '', { isWhole, say: console.log });
    const failed = counts.failed + complaints;
    console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await prism.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch((error) => {
  reportFailure(error);
  console.log('0 passed, 1 failed, 0 skipped');
});
