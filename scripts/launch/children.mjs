import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { isRunning, signal, startMark, waitForEnd } from './processes.mjs';

const GRACE_MS = 7_000;
const KILL_WAIT_MS = 2_000;
const KEPT_LOGS = 3;
/** Time, process and severity before each message in PostgreSQL's log. */
const POSTGRES_PREFIX = /^[\d-]+ [\d:.]+ \S+ \[\d+\] [A-Z]+:\s*/;

/** The processes that one start of Matterline consists of, remembered in a file so that the next start finds what a kill left over. */
export class Children {
  #list = [];
  #stopping = false;
  /** Whether the state file is ours to write: not while another start owns this data folder. */
  #claimed = false;

  /** @param {{ dataDir: string, cwd: string }} options */
  constructor({ dataDir, cwd }) {
    this.cwd = cwd;
    this.logDir = path.join(dataDir, 'logs');
    this.stateFile = path.join(dataDir, 'run.json');
    /** Resolves with a Problem when a child ends that nobody asked to. */
    this.failure = new Promise((resolve) => (this.reportFailure = resolve));
  }

  /** Refuses to start twice in one data folder; ends the children of a start that was killed. */
  async clearLeftovers() {
    const state = this.#readState();
    if (isRunning(state.pid, state.mark)) {
      throw new Problem(
        `Matterline already runs with this data folder (process ${state.pid}).`,
        'Stop it first, or start this one with another DATA_DIR and PORT.',
      );
    }
    const left = state.children.filter((child) => isRunning(child.pid, child.mark));
    await Promise.all(left.map((child) => end(child)));
    this.#claimed = true;
    this.#writeState();
  }

  /**
   * @param {{ name: string, script: string, env: NodeJS.ProcessEnv, flags?: string[] }} options `name` also names the log; `script` is run by node
   */
  start({ name, script, env, flags = [] }) {
    const logFile = path.join(this.logDir, `${name}.log`);
    rotate(logFile);
    const log = openSync(logFile, 'a', 0o600);
    // Detached: Ctrl-C reaches the whole foreground group of a terminal, and these have to stop in order.
    const options = { cwd: this.cwd, env, detached: true, stdio: ['ignore', log, log] };
    const process_ = spawn(process.execPath, [...flags, script], options);
    closeSync(log);
    const child = { name, pid: process_.pid, mark: startMark(process_.pid) };
    this.#list.push(child);
    this.#writeState();
    process_.once('error', (error) => this.failed(name, logFile, error.message));
    process_.once('exit', (code, signalName) => this.failed(name, logFile, signalName ?? `exit code ${code}`));
  }

  /** Something that this start depends on has ended. Not a failure while stopping. */
  failed(name, logFile, how) {
    if (this.#stopping) return;
    const shown = path.relative('.', logFile);
    this.reportFailure(
      new Problem(`The ${name} stopped unexpectedly (${how})${lastWords(logFile)}.`, `Its log is ${shown}.`),
    );
  }

  /** Ends the children, the last started first, each gracefully and then for certain. */
  async stop() {
    this.#stopping = true;
    for (const child of this.#list.toReversed()) await end(child);
    this.#list = [];
    if (this.#claimed) rmSync(this.stateFile, { force: true });
  }

  /** For the impatient second Ctrl-C. */
  kill() {
    this.#stopping = true;
    for (const child of this.#list) if (isRunning(child.pid, child.mark)) signal(child.pid, 'SIGKILL');
  }

  #readState() {
    try {
      return JSON.parse(readFileSync(this.stateFile, 'utf8'));
    } catch {
      return { pid: 0, mark: '', children: [] };
    }
  }

  #writeState() {
    const state = { pid: process.pid, mark: startMark(process.pid), children: this.#list };
    writeFileSync(`${this.stateFile}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${this.stateFile}.new`, this.stateFile);
  }
}

async function end({ pid, mark }) {
  if (!isRunning(pid, mark)) return;
  signal(pid, 'SIGTERM');
  if (await waitForEnd(pid, mark, GRACE_MS)) return;
  signal(pid, 'SIGKILL');
  await waitForEnd(pid, mark, KILL_WAIT_MS);
}

function rotate(logFile) {
  for (let i = KEPT_LOGS - 1; i >= 0; i -= 1) {
    const from = i === 0 ? logFile : `${logFile}.${i}`;
    if (existsSync(from)) renameSync(from, `${logFile}.${i + 1}`);
  }
}

/** The last line of a log, when it is short and not machine-made JSON: often it says it all. */
function lastWords(logFile) {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n') : [];
  const telling = lines.findLast((line) => /error|fatal|in use|✗/i.test(line)) ?? '';
  const message = telling.startsWith('{') ? messageOf(telling) : telling.replace(POSTGRES_PREFIX, '').trim();
  return message === '' ? '' : `: ${message.slice(0, 200).replace(/\.$/, '')}`;
}

function messageOf(line) {
  try {
    const entry = JSON.parse(line);
    return String(entry.msg ?? entry.message ?? '');
  } catch {
    return '';
  }
}
