import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

export interface Evaluated {
  /** What the code passed to `answer`, after a trip through JSON; undefined when it threw. */
  readonly value: unknown;
  /** The message of what it threw, and whether that is a problem meant for a person. */
  readonly error: { readonly message: string; readonly isProblem: boolean } | null;
}

/**
 * Runs code of the scripts, which are ES modules without a build, in a Node process of its own (Jest itself runs CommonJS).
 * @param code the body of an async function; `scripts/` is what its imports are relative to; it ends with `return`
 * @param input given to the code as `input`
 */
export function evaluate(code: string, input: unknown = null): Evaluated {
  const program = `
    const input = ${JSON.stringify(input)};
    const load = (file) => import(${JSON.stringify(`file://${ROOT}/scripts/`)} + file);
    const result = await (async () => { ${code} })().then(
      (value) => ({ value, error: null }),
      (error) => ({ error: { message: error.message, isProblem: error.name === 'Problem' } }),
    );
    process.stdout.write('\\0' + JSON.stringify(result));`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT, encoding: 'utf8' });
  const json = done.stdout.split('\0')[1];
  if (json === undefined) throw new Error(`The code did not end well: ${done.stderr}`);
  return JSON.parse(json) as Evaluated;
}
