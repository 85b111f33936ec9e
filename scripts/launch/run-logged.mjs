import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { DISK_REMEDY } from './report-failure.mjs';

const running = new Set();

/**
 * Runs a program to its end with its output in a log file of its own.
 * @param {{ command: string, args: string[], cwd?: string, env?: NodeJS.ProcessEnv, logFile: string, what: string }} options
 *   `what`: for the message when it fails, such as `Installing packages`
 * @throws {Problem} naming the log and its last telling line
 */
export async function runLogged({ command, args, cwd, env = process.env, logFile, what }) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] });
  closeSync(log);
  running.add(child);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      appendFileSync(logFile, `${error.message}\n`);
      resolve(error.code);
    });
    child.once('close', resolve);
  });
  running.delete(child);
  if (code === 0) return;
  if (code === 'ENOENT')
    throw new Problem(`The program "${command}" is missing.`, 'Install it (npm comes with Node) and start again.');
  throw failed(what, logFile);
}

/** For a stop in the middle: ends what still runs here. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM');
}

function failed(what, logFile) {
  const text = readFileSync(logFile, 'utf8');
  if (/ENOSPC|no space left on device/i.test(text))
    return new Problem(`${what} failed: the disk is full.`, DISK_REMEDY);
  const offline = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|network/i.test(text) && /npm (error|ERR!)/.test(text);
  if (offline)
    return new Problem(
      `${what} failed: the npm registry cannot be reached.`,
      "Check the network (or npm's proxy settings) and start again.",
    );
  const telling = text
    .split('\n')
    .findLast((line) => /error|✘|failed/i.test(line) && !/complete log of this run|\.log$/.test(line));
  return new Problem(
    `${what} failed${telling ? `: ${telling.trim()}` : ''}.`,
    `All of its output is in ${path.relative('.', logFile)}.`,
  );
}
