import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

/**
 * When a process started, as an opaque text, or null when no such process runs. Together with the pid it names one process for
 * good: pids are used again, also after a restart of the machine.
 * @param {number} pid
 * @returns {string | null}
 */
export function startMark(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (existsSync('/proc/self/stat')) return linuxStartMark(pid);
  const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return shown.status === 0 ? shown.stdout.trim() : null;
}

/** Fields 3 (state) and 22 (start time in ticks) of proc(5) `stat`; the command name before them may hold spaces and brackets. */
function linuxStartMark(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; in a container without an init process nobody may ever collect it.
  return fields[0] === 'Z' ? null : (fields[19] ?? null);
}

/** Whether this very process (pid and start mark) still runs. Without a mark, whether any process has that pid. */
export function isRunning(pid, mark) {
  const found = startMark(pid);
  return found !== null && (mark === undefined || found === mark);
}

/** The command line of a process, or '' when it cannot be read. */
export function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
}

/** Sends a signal; a process that is already gone is not an error. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Waits until a process has ended.
 * @returns {Promise<boolean>} false when it still runs after `limitMs`
 */
export async function waitForEnd(pid, mark, limitMs) {
  const until = Date.now() + limitMs;
  while (isRunning(pid, mark)) {
    if (Date.now() >= until) return false;
    await pause(POLL_MS);
  }
  return true;
}
