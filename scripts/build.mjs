import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

/** `npm run build`: what is missing or older than its sources; `--force` builds all of it. Names (`server`, `console`) choose. */
async function main(args) {
  const { BUILDS, build, isStale } = await import('./launch/builds.mjs');
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { Progress } = await import('./launch/progress.mjs');
  const named = args.filter((arg) => !arg.startsWith('-'));
  const progress = new Progress();
  for (const name of named.length > 0 ? named : Object.keys(BUILDS)) {
    if (!args.includes('--force') && !isStale(PROJECT_DIR, name)) {
      progress.say(`✓ ${name}: up to date`);
      continue;
    }
    const log = path.join(PROJECT_DIR, 'dist', `build-${name}.log`);
    await progress.step(`Building ${BUILDS[name].title}`, () => build(PROJECT_DIR, name, log));
  }
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch(reportFailure);
