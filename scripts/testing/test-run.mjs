import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { settleCoverage } from '../simulator-coverage.mjs';
import { runJest } from './run-jest.mjs';
import { TOOLS } from './tools.mjs';
import { WAYS, cleanEnvironment } from './ways.mjs';

const ONLY_EMBEDDED = '\\.embedded\\.[a-z0-9]+-spec\\.ts$';
const ONLY_EXTERNAL = '\\.external\\.[a-z0-9]+-spec\\.ts$';
/** Journeys and long tests start whole installations: one after the other, or they take each other's processor. */
const ONE_BY_ONE = ['--runInBand'];
const TWO_AT_ONCE = ['--maxWorkers=2'];

/** The journeys that cannot be made without Chromium. */
const IN_A_BROWSER = '/newcomer\\.';
/** The tests that set the clock of the programs under test. */
const WITH_FAKETIME = '/(clock-set|day-away)\\.';

/** One run of the test suites, its sums and what it could not check. */
export class TestRun {
  #sum = { passed: 0, failed: 0, skipped: 0 };
  #unchecked = [];
  #stages = [];

  /**
   * @param {{ cwd: string, tools: Record<string, string | null>, jestArgs: string[], say: (text: string) => void }} options
   */
  constructor({ cwd, tools, jestArgs, say }) {
    this.cwd = cwd;
    this.tools = tools;
    this.jestArgs = jestArgs;
    this.say = say;
    if (tools.chromium === null) this.#notChecked(['chromium'], 'the journeys in a browser');
  }

  /** What the machine cannot run at all, whatever the way. */
  get #impossible() {
    return [
      ...(this.tools.chromium === null ? [IN_A_BROWSER] : []),
      ...(this.tools.faketime === null ? [WITH_FAKETIME] : []),
    ];
  }

  async usual() {
    await this.#unitTests();
    for (const name of Object.keys(WAYS)) {
      await this.#inWay(name, async (env) => {
        const other = name === 'embedded' ? ONLY_EXTERNAL : ONLY_EMBEDDED;
        await this.#stage(`integration, ${name}`, {
          projects: ['integration'],
          env,
          args: [...TWO_AT_ONCE, ...ignoring(other)],
        });
        await this.#stage(`journeys, ${name}`, {
          projects: ['journeys'],
          env,
          args: [...ONE_BY_ONE, ...ignoring(other, ...this.#impossible)],
        });
      });
    }
  }

  /** With the whole of them done, what the simulator's page of coverage says can be compared with what its tests have called. */
  async #unitTests() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'matterline-coverage-'));
    const env = { SIMULATOR_TEST_OPERATIONS: folder };
    const failedBefore = this.#sum.failed;
    await this.#stage('unit tests', { projects: ['unit', 'console', 'simulator'], env, args: TWO_AT_ONCE });
    const isWhole = this.jestArgs.length === 0 && this.#sum.failed === failedBefore;
    if (isWhole && !(await settleCoverage(folder, { onlyCheck: true }))) {
      this.#sum.failed += 1;
      this.#stages.push(
        '✗ docs/simulator-coverage.md is not what the tests call: run node scripts/simulator-coverage.mjs',
      );
    }
    rmSync(folder, { recursive: true, force: true });
  }

  async long() {
    if (this.tools.faketime === null) this.#notChecked(['faketime'], 'clocks that are set');
    await this.#inWay('embedded', (env) =>
      this.#stage('long, embedded', {
        projects: ['long'],
        env,
        args: [...ONE_BY_ONE, ...ignoring(ONLY_EXTERNAL, ...this.#impossible)],
      }),
    );
    await this.#inWay('external', (env) =>
      this.#stage('long, external', {
        projects: ['long'],
        env,
        args: [...ONE_BY_ONE, '--testPathPatterns', ONLY_EXTERNAL],
      }),
    );
  }

  /**
   * Prints the stages, what was not checked, and the closing line.
   * @param {{ strict: boolean }} options strict: what was not checked has failed
   * @returns {boolean} whether all is well
   */
  report({ strict }) {
    this.say('');
    for (const line of this.#stages) this.say(line);
    for (const { what, tools } of this.#unchecked) this.say(`NOT CHECKED: ${what}, for want of ${tools}.`);
    const sum = { ...this.#sum };
    sum[strict ? 'failed' : 'skipped'] += this.#unchecked.length;
    this.say(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
    return sum.failed === 0;
  }

  async #inWay(name, work) {
    const { needs, open, title } = WAYS[name];
    const missing = needs.filter((tool) => this.tools[tool] === null);
    if (missing.length > 0) return this.#notChecked(missing, `all of it on a ${title}`);
    const way = await open(this.tools);
    this.say(`\nWith ${way.note ? `${title} (${way.note})` : title}:`);
    try {
      await work(way.env);
    } finally {
      await way.close();
    }
  }

  async #stage(title, { projects, env, args }) {
    const begun = Date.now();
    const browser = this.tools.chromium === null ? {} : { CHROMIUM_PATH: this.tools.chromium };
    const all = { ...cleanEnvironment(), ...browser, ...env };
    const counts = await runJest({ cwd: this.cwd, projects, env: all, args, callersArgs: this.jestArgs });
    for (const name of Object.keys(this.#sum)) this.#sum[name] += counts[name];
    const seconds = ((Date.now() - begun) / 1000).toFixed(0);
    const result = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
    this.#stages.push(`${counts.failed === 0 ? '✓' : '✗'} ${title}: ${result} (${seconds} s)`);
    this.#stages.push(...counts.failures.map((name) => `    failed: ${name}`));
  }

  #notChecked(tools, what) {
    this.#unchecked.push({ what, tools: tools.map((name) => TOOLS[name].title).join(' and ') });
  }
}

const ignoring = (...patterns) => ['--testPathIgnorePatterns', '/node_modules/', ...patterns];
