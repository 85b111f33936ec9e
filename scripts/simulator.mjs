import { spawn } from 'node:child_process';
import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

/** `npm run simulator`: the simulated Smokeball alone, in one command; it installs and builds only what is missing. Ctrl-C ends it. */
async function main() {
  const { Progress } = await import('./launch/progress.mjs');
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { NODE_FLAGS, PROGRAMS } = await import('./launch/programs.mjs');
  const { install, isInstalled } = await import('./launch/install.mjs');
  const { build, isStale } = await import('./launch/builds.mjs');
  const progress = new Progress();
  const log = (name) => path.join(PROJECT_DIR, '.data', 'logs', name);
  if (!isInstalled(PROJECT_DIR))
    await progress.step('Installing packages', () => install(PROJECT_DIR, log('install.log')));
  if (isStale(PROJECT_DIR, 'server'))
    await progress.step('Building the server', () => build(PROJECT_DIR, 'server', log('build-server.log')));
  const child = spawn(process.execPath, [...NODE_FLAGS.simulator, PROGRAMS.simulator], {
    cwd: PROJECT_DIR,
    stdio: 'inherit',
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main().catch(reportFailure);
