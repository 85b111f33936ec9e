import { statSync } from 'node:fs';
import path from 'node:path';

const READ = 4;
const SEARCH = 1;

/**
 * Whether an account may enter a folder, through every folder above it. By permission bits alone: no process has to be started
 * under that account, whose way to the node program may itself be barred.
 * @param {string} dir
 * @param {{ uid: number, gid: number }} account
 */
export function canReach(dir, account) {
  return ancestors(dir).every((folder) => allows(statSync(folder), account, SEARCH));
}

/** Whether an account may read and run a program file. */
export function canRun(file, account) {
  return canReach(path.dirname(file), account) && allows(statSync(file), account, READ + SEARCH);
}

function allows(stat, account, wanted) {
  const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0;
  return ((stat.mode >> shift) & wanted) === wanted;
}

function ancestors(dir) {
  const parent = path.dirname(dir);
  return parent === dir ? [dir] : [...ancestors(parent), dir];
}
