import { readFileSync } from 'node:fs';

/**
 * Whether a Node version fits the `engines` of package.json, which are alternatives of `^a.b.c` and `>=a.b.c`.
 * Written plainly on purpose: an old Node has to be able to run it.
 * @param {string} version such as `20.19.0`
 * @param {string} range
 */
export function fits(version, range) {
  const have = numbers(version);
  return range.split('||').some((alternative) => {
    const want = numbers(alternative);
    const sameMajor = have[0] === want[0];
    return (sameMajor || !alternative.trim().startsWith('^')) && compare(have, want) >= 0;
  });
}

/** Says what to install and ends the process when this Node is too old. */
export function requireNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (fits(version, engines.node)) return;
  console.error(
    `✗ Node ${version} is too old for Matterline. Install Node 24 (or 22.12 or newer, or 20.19 or newer) and start again.`,
  );
  process.exit(1);
}

function numbers(text) {
  return text
    .replace(/[^\d.]/g, '')
    .split('.')
    .map(Number);
}

function compare(a, b) {
  for (let i = 0; i < 3; i += 1) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}
