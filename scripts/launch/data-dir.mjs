import { chmodSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';
import { DISK_REMEDY } from './report-failure.mjs';

const MB = 1024 * 1024;
/** An empty cluster takes 40 MB, its write-ahead log up to 64 MB more while the demo runs, documents in transit the rest. */
const NEEDED_FOR_DATA_MB = 300;
/** node_modules (about 750 MB), npm's own cache of it, and both builds. */
const NEEDED_FOR_INSTALL_MB = 1500;

/**
 * Makes the data folder and checks, before anything is started, that it can be written and has room.
 * @param {string} dataDir
 */
export function prepareDataDir(dataDir) {
  const probe = path.join(dataDir, `.write-test-${process.pid}`);
  try {
    mkdirSync(path.join(dataDir, 'logs'), { recursive: true });
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw dataDirProblem(dataDir, error);
  }
  // As root the database runs under another account, which has to get through (but not to list).
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  requireRoom(dataDir, NEEDED_FOR_DATA_MB);
}

/** @param {string} projectDir */
export function requireRoomToInstall(projectDir) {
  requireRoom(projectDir, NEEDED_FOR_INSTALL_MB);
}

function requireRoom(dir, neededMb) {
  const { bavail, bsize } = statfsSync(dir);
  const freeMb = Math.floor((bavail * bsize) / MB);
  if (freeMb >= neededMb) return;
  throw new Problem(`The disk with ${dir} is nearly full: ${freeMb} MB free, ${neededMb} MB needed.`, DISK_REMEDY);
}

function dataDirProblem(dataDir, error) {
  if (error.code === 'ENOSPC') return new Problem(`The disk with ${dataDir} is full.`, DISK_REMEDY);
  if (error.code === 'ENOTDIR' || error.code === 'EEXIST') {
    return new Problem(
      `${dataDir} cannot be a folder: a file has that name.`,
      'Remove it, or set DATA_DIR to another folder.',
    );
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
    return new Problem(`This user may not write to ${dataDir}.`, 'Set DATA_DIR to a folder that this user owns.');
  }
  return error;
}
