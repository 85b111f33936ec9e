import { Problem } from './problem.mjs';

/**
 * Prints why a command could not go on and sets exit code 1. An expected problem is one line; a full disk is one too, wherever it
 * showed up; anything else is a fault of ours and keeps its stack for a report (only with DEBUG set, else one line).
 * @param {unknown} error
 */
export function reportFailure(error) {
  process.exitCode = 1;
  if (error instanceof Problem) return console.error(`✗ ${error.message}`);
  if (error?.code === 'ENOSPC')
    return console.error(`✗ The disk is full (${error.path ?? 'writing failed'}). ${DISK_REMEDY}`);
  if (process.env.DEBUG) return console.error(error);
  console.error(`✗ ${error?.message ?? error} (run again with DEBUG=1 for details)`);
}

export const DISK_REMEDY = 'Free some space, or set DATA_DIR to a folder on another disk, then start again.';
