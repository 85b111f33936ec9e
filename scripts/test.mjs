import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

/**
 * `npm test`: unit tests, then integration tests and journeys, once with the embedded database and once with a separate PostgreSQL
 * and Redis. `--long`: the long ones instead. Other arguments go to Jest (`npm test -- -t "the phone rings"`).
 *
 * A test file that makes sense in one way only says so in its name: `x.embedded.e2e-spec.ts`, `x.external.long-spec.ts`. Of the
 * long ones, those without such a word run in the embedded way only.
 *
 * Ends with the line `N passed, N failed, N skipped`. What a bare machine could not check is said just before it and counts as
 * skipped; with CI set it counts as failed.
 */
async function main(args) {
  const long = args.includes('--long');
  const jestArgs = args.filter((arg) => arg !== '--long');
  const { Progress } = await import('./launch/progress.mjs');
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { install, isInstalled } = await import('./launch/install.mjs');
  const { BUILDS, build, isStale } = await import('./launch/builds.mjs');
  const { provideTools } = await import('./testing/tools.mjs');
  const progress = new Progress();
  const log = (name) => path.join(PROJECT_DIR, '.data', 'logs', name);
  if (!isInstalled(PROJECT_DIR))
    await progress.step('Installing packages', () => install(PROJECT_DIR, log('install.log')));
  const onInstall = (packages, work) => progress.step(`Installing ${packages.join(', ')} with apt-get`, work);
  const tools = await provideTools({ logFile: log('apt.log'), onInstall });
  for (const name of Object.keys(BUILDS).filter((candidate) => isStale(PROJECT_DIR, candidate))) {
    await progress.step(`Building ${BUILDS[name].title}`, () => build(PROJECT_DIR, name, log(`build-${name}.log`)));
  }
  const { TestRun } = await import('./testing/test-run.mjs');
  const run = new TestRun({ cwd: PROJECT_DIR, tools, jestArgs, say: (text) => progress.say(text) });
  await (long ? run.long() : run.usual());
  process.exitCode = run.report({ strict: Boolean(process.env.CI) }) ? 0 : 1;
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch((error) => {
  reportFailure(error);
  console.log('0 passed, 1 failed, 0 skipped');
});
