import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { evaluate } from './testing/evaluate';

const { engines } = JSON.parse(readFileSync(resolve(__dirname, '..', 'package.json'), 'utf8')) as {
  engines: { node: string };
};

const versions: readonly [version: string, fits: boolean][] = [
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['21.7.3', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.11.0', false],
  ['24.0.0', true],
  ['26.1.0', true],
];

describe('the version of Node', () => {
  it('fits exactly where package.json says so', () => {
    const code = `const { fits } = await load('launch/node-version.mjs'); return input.versions.map((v) => [v, fits(v, input.range)]);`;
    const { value } = evaluate(code, { versions: versions.map(([version]) => version), range: engines.node });
    expect(value).toEqual(versions);
  });
});
