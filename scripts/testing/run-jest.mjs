import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** How long Jest may take to end once its results are written: what it waits for then is something that a test left running. */
const LEAVING_MS = 20_000;
const POLL_MS = 1_000;

/** @typedef {{ file: string, name: string, status: string, isRefuted: boolean }} TestResult
 *  `isRefuted`: it failed because an expectation did not hold, not because something threw */
/** @typedef {{ passed: number, failed: number, skipped: number, broken: number, failures: string[], tests: TestResult[] }} Counts
 *  `broken`: test files that could not even run; they count as failed too */

/**
 * Runs Jest on some projects.
 * @param {{ cwd: string, projects: string[], env: NodeJS.ProcessEnv, args?: string[], callersArgs?: string[], quiet?: boolean }} options
 *   `callersArgs` stand last: they may be bare words, which a list option before them would swallow
 * @returns {Promise<Counts & { output: string }>} `output` only when quiet
 */
export async function runJest({ cwd, projects, env, args = [], callersArgs = [], quiet = false }) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'matterline-jest-'));
  const outputFile = path.join(dir, 'result.json');
  const jest = path.join(cwd, 'node_modules', 'jest', 'bin', 'jest.js');
  const chosen = [...args, '--selectProjects', ...projects];
  const all = [jest, ...chosen, '--json', '--outputFile', outputFile, '--passWithNoTests', ...callersArgs];
  const stdio = ['ignore', 'ignore', quiet ? 'pipe' : 'inherit'];
  const child = spawn(process.execPath, all, { cwd, env, stdio });
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
  const hung = endIfHung(child, outputFile);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  clearInterval(hung);
  const counts = readCounts(outputFile, code);
  rmSync(dir, { recursive: true, force: true });
  return { ...counts, output };
}

function endIfHung(child, outputFile) {
  let written = 0;
  return setInterval(() => {
    if (written === 0 && existsSync(outputFile)) written = Date.now();
    if (written === 0 || Date.now() - written < LEAVING_MS) return;
    console.error('Jest does not end: a test has left something running (a process, a server, a timer). Ending it.');
    child.kill('SIGKILL');
  }, POLL_MS);
}

function readCounts(file, code) {
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {
      passed: 0,
      failed: code === 0 ? 0 : 1,
      skipped: 0,
      broken: code === 0 ? 0 : 1,
      failures: ['Jest itself did not run'],
      tests: [],
    };
  }
  const broken = result.numRuntimeErrorTestSuites;
  const failed = result.numFailedTests + broken;
  const failures = result.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
  return {
    passed: result.numPassedTests,
    // Jest can fail without a failed test: an error in a set-up, something left running.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
    broken,
    failures,
    tests: result.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName: name, status, failureMessages }) => {
        return { file, name, status, isRefuted: failureMessages.some((text) => text.includes('expect(')) };
      }),
    ),
  };
}
