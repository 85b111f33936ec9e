import { spawn } from 'node:child_process';

/** @typedef {{ title: string, command: string, args: string[], env?: NodeJS.ProcessEnv, skipIf?: string | false }} Step */

/**
 * Runs steps, some at the same time, one line each when it ends; the output of a failed one in full.
 * @param {Step[]} steps in the order of their start
 * @param {{ cwd: string, atOnce: number, say: (text: string) => void }} options
 * @returns {Promise<number>} how many failed
 */
export async function runSteps(steps, { cwd, atOnce, say }) {
  const waiting = [...steps];
  let failed = 0;
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { code, output, ms } = await run(step, cwd);
      say(`${code === 0 ? '✓' : '✗'} ${step.title} (${(ms / 1000).toFixed(1)} s)`);
      if (code === 0) continue;
      failed += 1;
      say(output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return failed;
}

async function run({ command, args, env = process.env }, cwd) {
  const begun = Date.now();
  const child = spawn(command, args, { cwd, env: { ...env, FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', resolve);
  });
  return { code, output, ms: Date.now() - begun };
}
