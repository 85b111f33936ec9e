import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, startMark } from '../launch/processes.mjs';
import { Problem } from '../launch/problem.mjs';

const POLL_MS = 50;
const PATIENCE_MS = 90_000;

/**
 * Runs `work` while no other process does work under the same lock file. A lock whose holder has died is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  await take(file);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function take(file) {
  const mine = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  // Written first and linked then, so that a lock file never exists without its holder's name in it.
  writeFileSync(mine, `${process.pid} ${startMark(process.pid)}`, { mode: 0o600 });
  const until = Date.now() + PATIENCE_MS;
  try {
    while (!linked(mine, file)) {
      clearIfAbandoned(file);
      if (Date.now() > until) {
        throw new Problem(
          `Another process keeps ${file} locked.`,
          'Stop it, or remove that file if nothing else of Matterline runs.',
        );
      }
      await pause(POLL_MS);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function linked(mine, file) {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function clearIfAbandoned(file) {
  const seen = read(file);
  if (seen === null || holderLives(seen)) return;
  const aside = `${file}.abandoned.${process.pid}`;
  try {
    renameSync(file, aside);
    // Somebody else may have cleared it and taken the lock since we looked: give that one back.
    if (read(aside) !== seen) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function holderLives(text) {
  const [pid, mark] = text.split(' ');
  return isRunning(Number(pid), mark);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
