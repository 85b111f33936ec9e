import { readFileSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './launch/node-version.mjs';

requireNode();

/**
 * `npm run prove [name …]`: switches each guard named in config/guards.json off in a copy of the tree and demands that its tests turn
 * red. A guard is `{ name, file, find, replace, tests, project }`: `find` must stand in `file` exactly once; `tests` are patterns of
 * test file paths; `project` is one of Jest's. First all the tests run on the untouched copy and must be green.
 */
async function main(wanted) {
  const { PROJECT_DIR } = await import('./launch/project-dir.mjs');
  const { ProofCopy } = await import('./testing/proof-copy.mjs');
  const all = JSON.parse(readFileSync(path.join(PROJECT_DIR, 'config', 'guards.json'), 'utf8'));
  const guards = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
  const copy = new ProofCopy(PROJECT_DIR);
  let failed = 0;
  try {
    const baseline = await copy.baseline(guards);
    for (const [title, { ok, result }] of baseline) if (!ok) console.log(`✗ before any change, ${title}: ${result}`);
    if (baseline.some(([, { ok }]) => !ok)) throw new Error('the tests are not green to begin with');
    for (const guard of guards) {
      const begun = Date.now();
      const { ok, result } = await copy.prove(guard);
      if (!ok) failed += 1;
      console.log(
        `${ok ? '✓' : '✗'} ${guard.name.padEnd(44)} ${result} (${((Date.now() - begun) / 1000).toFixed(1)} s)`,
      );
    }
  } finally {
    copy.remove();
  }
  console.log(`${guards.length - failed} passed, ${failed} failed, 0 skipped`);
  if (failed > 0) process.exitCode = 1;
}

const { reportFailure } = await import('./launch/report-failure.mjs');
await main(process.argv.slice(2)).catch((error) => {
  reportFailure(error);
  console.log('0 passed, 1 failed, 0 skipped');
});
