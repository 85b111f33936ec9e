import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../launch/free-port.mjs';
import { Problem } from '../launch/problem.mjs';
import { commandLine, isRunning, signal, startMark, waitForEnd } from '../launch/processes.mjs';
import { DISK_REMEDY } from '../launch/report-failure.mjs';
import { asAccount } from './account.mjs';
import { quietEnvironment } from './cluster.mjs';

const START_LIMIT_MS = 60_000;
const POLL_MS = 20;
const ATTEMPTS = 40;
const RETRY_MS = 250;
const FAST_STOP_MS = 8_000;

/** @typedef {{ pid: number, mark: string, port: number }} Running */

/**
 * The server that already runs on this cluster (its parent was killed, or somebody else started it), or null. A leftover pid file
 * whose pid now belongs to another program is removed: PostgreSQL itself would refuse to start over it.
 * @param {string} clusterDir its real path: it is looked for in the command line of the server
 * @returns {Running | null}
 */
export function runningServer(clusterDir) {
  const file = path.join(clusterDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const mark = startMark(pid);
  if (mark === null) return null;
  const command = commandLine(pid);
  if (command !== '' && !command.includes(clusterDir)) {
    rmSync(file, { force: true });
    return null;
  }
  return { pid, mark, port: Number(lines[3]) };
}

/**
 * Starts the server on a free port of 127.0.0.1 and waits until it takes connections (after a crash: until it has recovered).
 * It outlives its parent on purpose; `stopServer` ends it.
 * @param {{ clusterDir: string, account: object, postgres: string, logFile: string, settings: Record<string, string> }} options
 * @returns {Promise<Running>}
 */
export async function startServer(options) {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryStart(options);
    if (outcome.running) return outcome.running;
    if (!outcome.passing || attempt === ATTEMPTS) throw outcome.problem;
    await pause(RETRY_MS);
  }
}

async function tryStart({ clusterDir, account, postgres, logFile, settings }) {
  const port = await freePort();
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const run = asAccount(account, postgres, ['-D', clusterDir, '-p', String(port), ...flags]);
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  // Detached: Ctrl-C in a terminal goes to the whole foreground group, and the database must be the last to stop.
  const child = spawn(run.command, run.args, {
    ...run.options,
    detached: true,
    stdio: ['ignore', log, log],
    env: quietEnvironment(),
  });
  closeSync(log);
  const failure = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signalName) => resolve(`it ended with ${signalName ?? `code ${code}`}`));
  });
  const given = new AbortController();
  const ready = await Promise.race([untilReady(clusterDir, child.pid, given.signal), failure]);
  given.abort();
  if (ready !== true) return startFailure(logFile, ready);
  child.unref();
  return { running: { pid: child.pid, mark: startMark(child.pid), port } };
}

/** The eighth line of postmaster.pid becomes `ready` when connections are taken (PostgreSQL 10 and newer). */
async function untilReady(clusterDir, pid, givenUp) {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until && !givenUp.aborted) {
    const lines = readLines(path.join(clusterDir, 'postmaster.pid'));
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true;
    await pause(POLL_MS);
  }
  return `it was not ready within ${START_LIMIT_MS / 1000} s`;
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function startFailure(logFile, reason) {
  const text = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
  const fatal = text.split('\n').findLast((line) => /FATAL|PANIC/.test(line));
  // Another program took the port in between, or the last processes of a killed server have not ended yet.
  const passing = /could not bind|could not create any TCP|pre-existing shared memory|lock file "postmaster.pid"/i.test(
    text,
  );
  if (/No space left on device/i.test(text))
    return { passing, problem: new Problem('The disk of the database is full.', DISK_REMEDY) };
  if (/not compatible with this version/i.test(text)) {
    return {
      passing,
      problem: new Problem('The database files were made by another version of PostgreSQL.', `See ${logFile}.`),
    };
  }
  const why = fatal?.replace(/^.*(FATAL|PANIC):\s*/, '') ?? reason;
  return { passing, problem: new Problem(`PostgreSQL did not start: ${why}.`, `Its log is ${logFile}.`) };
}

/**
 * Stops a server: open connections are ended and their transactions rolled back, then a checkpoint ("fast" in PostgreSQL's words);
 * if that takes too long, at once (the next start recovers).
 * @param {Running} server
 */
export async function stopServer({ pid, mark }) {
  if (!isRunning(pid, mark)) return;
  signal(pid, 'SIGINT');
  if (await waitForEnd(pid, mark, FAST_STOP_MS)) return;
  signal(pid, 'SIGQUIT');
  await waitForEnd(pid, mark, FAST_STOP_MS);
}
