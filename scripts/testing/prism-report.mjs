import { createRequire } from 'node:module';
import path from 'node:path';
import { PROJECT_DIR } from '../launch/project-dir.mjs';

/** @typedef {{ fate: 'through' | 'around' | 'expected' | 'finding', code: string, call: string, test: string, text: string }} Noted */

/**
 * Says how many calls went through Prism and what it found.
 * @param {string} log one JSON object a line
 * @param {{ isWhole: boolean, say: (text: string) => void }} options with `isWhole` a declared refusal that never came is a complaint
 * @returns {number} complaints: none when no call was proxied wrongly and the list of refusals is as small as it can be
 */
export function tellCalls(log, { isWhole, say }) {
  /** @type {Noted[]} */
  const noted = log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const count = (fate) => noted.filter((call) => call.fate === fate).length;
  const operations = new Set(noted.filter(({ fate }) => fate === 'through').map(({ call }) => shape(call)));
  say(
    `Prism: ${count('through')} calls (${operations.size} kinds) passed in both directions, ${count('expected')} were refused as expected, ` +
      `${count('around')} went around it, ${count('finding')} findings.`,
  );
  for (const { code, call, test, text } of noted.filter(({ fate }) => fate === 'finding'))
    say(`  ${code} ${call} in "${test}": ${text}`);
  const unused = isWhole ? unusedEntries(noted) : [];
  for (const entry of unused) say(`  Expected, but it never came: ${entry}`);
  if (count('through') === 0) say('  No call went through Prism.');
  return count('finding') + unused.length + (count('through') === 0 ? 1 : 0);
}

const shape = (call) => call.replace(/\?.*/, '').replace(/[0-9a-f]{8}-[0-9a-f]{4}-[^/]*/gi, '{id}');

function unusedEntries(noted) {
  const require = createRequire(import.meta.url);
  require(path.join(PROJECT_DIR, 'config', 'testing', 'swc-register.cjs'));
  const { EXPECTED_REFUSALS } = require(path.join(PROJECT_DIR, 'apps/simulator/src/testing/expected-refusals.ts'));
  return EXPECTED_REFUSALS.flatMap(({ code, tests }) =>
    tests
      .filter((name) => !noted.some((call) => call.code === code && call.test.includes(name)))
      .map((name) => `${code} in "${name}"`),
  );
}
