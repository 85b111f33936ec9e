import { spawn } from 'node:child_process';
import { Problem } from './problem.mjs';
import { PROGRAMS } from './programs.mjs';

/**
 * Runs one of the operators' commands with `--json`.
 * @param {string[]} args such as `['firm:create', '--name', 'Harbor']`
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, input?: string }} options
 * @returns {Promise<Record<string, unknown>>} what it printed; `{}` when it printed nothing
 * @throws {Problem} with the command's own line
 */
export async function operatorCommand(args, { cwd, env, input = '' }) {
  const child = spawn(process.execPath, [PROGRAMS.cli, ...args, '--json'], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  if (code !== 0)
    throw new Problem(
      `The command "${args[0]}" failed: ${lastLine(stderr) || lastLine(stdout) || `exit code ${code}`}`,
    );
  const json = stdout.slice(Math.max(stdout.indexOf('{'), 0)).trim();
  return json === '' ? {} : JSON.parse(json);
}

async function readAll(stream) {
  let text = '';
  stream.setEncoding('utf8');
  for await (const part of stream) text += part;
  return text;
}

const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';
