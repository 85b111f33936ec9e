import { readFileSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

const AT_ONCE = 2;
const TESTS = 'apps/simulator/src/behaviour/';
const NAMES = 'apps/simulator/src/control/behaviours.ts';

/**
 * `npm run prove:simulator [number …]`: turns each behaviour of the simulator off with its switch and demands that the tests that
 * carry its number turn red, and by an expectation that does not hold, not by a crash. First all of them must be green.
 */
async function main(wanted) {
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { runJest } = await import('./testing/run-jest.mjs');
  const { cleanEnvironment } = await import('./testing/ways.mjs');
  const openApi = process.env.SMOKEBALL_OPENAPI ?? path.join(PROJECT_DIR, '..', 'shared', 'smokeball', 'swagger.json');
  const run = (args, env) =>
    runJest({ cwd: PROJECT_DIR, projects: ['simulator'], env: { ...cleanEnvironment(), ...env }, args, quiet: true });

  const behaviours = namedIn(readFileSync(path.join(PROJECT_DIR, NAMES), 'utf8'));
  const chosen = wanted.length === 0 ? behaviours : behaviours.filter(({ number }) => wanted.includes(`${number}`));
  if (chosen.length === 0) throw new Error(`there is no behaviour ${wanted.join(', ')}`);
  const begun = Date.now();
  const all = await run(['--maxWorkers', `${AT_ONCE}`, '--testPathPatterns', TESTS], { SMOKEBALL_OPENAPI: openApi });
  if (all.failed > 0 || all.passed === 0) {
    throw new Error(`the tests are not green to begin with:\n${all.failures.join('\n')}\n${all.output.slice(-2000)}`);
  }
  console.log(`${all.passed} tests are green with every behaviour on (${seconds(begun)} s)`);

  let failed = 0;
  const waiting = [...chosen];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const since = Date.now();
      const { ok, result } = await prove(next, all.tests, run);
      if (!ok) failed += 1;
      const title = `${next.number}`.padStart(2);
      console.log(`${ok ? '✓' : '✗'} ${title} ${next.name.padEnd(18)} ${result} (${seconds(since)} s)`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  console.log(`${chosen.length - failed} passed, ${failed} failed, 0 skipped`);
  if (failed > 0) process.exitCode = 1;
}

async function prove({ number }, all, run) {
  const isNumbered = new RegExp(`\\b9\\.${number}\\b`);
  const own = all.filter(({ name }) => isNumbered.test(name));
  if (own.length === 0) return { ok: false, result: 'no test carries this number' };
  const files = [...new Set(own.map(({ file }) => file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))];
  const args = ['--runInBand', '-t', isNumbered.source, '--testPathPatterns', ...files];
  // Answers of a simulator without one of its behaviours are not held against the official description.
  const counts = await run(args, { SIMULATOR_OFF: `${number}`, SMOKEBALL_OPENAPI: '/none' });
  const ran = counts.tests.filter(({ name, status }) => isNumbered.test(name) && status !== 'pending');
  const red = ran.filter(({ isRefuted }) => isRefuted);
  if (red.length > 0) return { ok: true, result: `red: ${red.length} of ${ran.length} tests` };
  const crashed = ran.find(({ status }) => status === 'failed');
  if (crashed !== undefined) return { ok: false, result: `not refuted, only broken: ${crashed.name}` };
  if (counts.broken > 0 || ran.length === 0) return { ok: false, result: `did not run: ${counts.output.slice(-1000)}` };
  return { ok: false, result: `still green (${ran.length} tests): nothing notices` };
}

/** The lines `  codeOnce: 2,`. */
function namedIn(source) {
  return [...source.matchAll(/^ {2}(\w+): (\d+),$/gm)].map(([, name, number]) => ({ name, number: Number(number) }));
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch((error) => {
  reportFailure(error);
  console.log('0 passed, 1 failed, 0 skipped');
});
