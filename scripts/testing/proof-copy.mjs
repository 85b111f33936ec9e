import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from '../launch/builds.mjs';
import { runJest } from './run-jest.mjs';
import { cleanEnvironment } from './ways.mjs';

/** These start the built programs, so a changed guard has to be built. */
const BUILT_PROJECTS = ['journeys', 'long'];

/** @typedef {{ name: string, file: string, find: string, replace: string, tests: string[], project: string }} Guard */

/** A copy of the tree, outside it, in which one guard at a time is switched off. */
export class ProofCopy {
  /** @param {string} projectDir */
  constructor(projectDir) {
    this.projectDir = projectDir;
    this.dir = mkdtempSync(path.join(os.tmpdir(), 'matterline-prove-'));
    for (const file of sources(projectDir)) {
      mkdirSync(path.dirname(path.join(this.dir, file)), { recursive: true });
      copyFileSync(path.join(projectDir, file), path.join(this.dir, file));
    }
    symlinkSync(path.join(projectDir, 'node_modules'), path.join(this.dir, 'node_modules'));
  }

  /**
   * All tests that the guards name, on the untouched copy.
   * @param {Guard[]} guards
   * @returns {Promise<[string, { ok: boolean, result: string }][]>} one entry a Jest project
   */
  async baseline(guards) {
    const projects = [...new Set(guards.map(({ project }) => project))];
    const results = [];
    for (const project of projects) {
      const tests = [...new Set(guards.filter((guard) => guard.project === project).flatMap((guard) => guard.tests))];
      const counts = await this.#run(project, tests);
      const ok = counts.failed === 0 && counts.passed > 0;
      results.push([project, { ok, result: ok ? `${counts.passed} green` : tail(counts.output) }]);
    }
    return results;
  }

  /**
   * @param {Guard} guard
   * @returns {Promise<{ ok: boolean, result: string }>} ok: its tests turned red, and not only because nothing ran any more
   */
  async prove({ file, find, replace, tests, project }) {
    const target = path.join(this.dir, file);
    const original = readFileSync(target, 'utf8');
    const places = original.split(find).length - 1;
    if (places !== 1) return { ok: false, result: `its text stands ${places} times in ${file}, not once` };
    writeFileSync(
      target,
      original.replace(find, () => replace),
    );
    try {
      const counts = await this.#run(project, tests);
      if (counts.broken > 0) return { ok: false, result: `the tests did not run: ${tail(counts.output)}` };
      if (counts.failures.length === 0)
        return { ok: false, result: `still green (${counts.passed} tests): nothing notices` };
      return {
        ok: true,
        result: `red: ${counts.failures[0]}${counts.failures.length > 1 ? ` (+${counts.failures.length - 1})` : ''}`,
      };
    } finally {
      writeFileSync(target, original);
    }
  }

  remove() {
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #run(project, tests) {
    if (BUILT_PROJECTS.includes(project)) await this.#build();
    const openApi =
      process.env.SMOKEBALL_OPENAPI ?? path.join(this.projectDir, '..', 'shared', 'smokeball', 'swagger.json');
    const env = { ...cleanEnvironment(), SMOKEBALL_OPENAPI: openApi, MATTERLINE_TEST_WAY: 'embedded' };
    const args = ['--runInBand', '--testPathPatterns', ...tests];
    return runJest({ cwd: this.dir, projects: [project], env, args, quiet: true });
  }

  async #build() {
    await build(this.dir, 'server', path.join(this.dir, '.data', 'build.log'));
    const made = path.join(this.projectDir, 'dist', 'admin-console');
    const link = path.join(this.dir, 'dist', 'admin-console');
    rmSync(link, { recursive: true, force: true });
    symlinkSync(made, link);
  }
}

/** Tracked files and new ones, but nothing that git ignores. */
function sources(projectDir) {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectDir,
    encoding: 'utf8',
  });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((file) => file !== '' && isFile(path.join(projectDir, file)));
}

function isFile(file) {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

const tail = (output) => output.trim().split('\n').slice(-12).join('\n');
