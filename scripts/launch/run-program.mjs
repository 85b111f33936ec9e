import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program on our own standard input, output and error, passes signals on, and waits for its end.
 * @returns {Promise<number>} its exit code (128 + number for a signal, as shells have it)
 */
export async function runProgram(command, args, { cwd, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  const pass = (name) => child.kill(name);
  for (const name of PASSED_ON) process.on(name, pass);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signalName) => resolve(code ?? 128 + constants.signals[signalName]));
    });
  } finally {
    for (const name of PASSED_ON) process.off(name, pass);
  }
}
