import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../launch/problem.mjs';
import { DISK_REMEDY } from '../launch/report-failure.mjs';
import { asAccount } from './account.mjs';

export const SUPERUSER = 'matterline';

/**
 * The password of the cluster's superuser: made once, kept beside the cluster, readable by us only.
 * @param {string} file
 * @param {string} clusterDir
 */
export function keepPassword(file, clusterDir) {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(clusterDir)) {
    throw new Problem(
      `The database in ${clusterDir} is there, but its password file ${file} is not.`,
      `Put the file back, or remove ${path.dirname(clusterDir)} to start with an empty database.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/**
 * Makes the files of an empty cluster (UTF-8, locale C.UTF-8, scram passwords only) unless they are there. Made beside its place
 * and moved there when whole, so a crash half way leaves nothing that looks like a database.
 * @param {{ clusterDir: string, account: import('./account.mjs').Account, initdb: string, password: string }} options
 */
export function createCluster({ clusterDir, account, initdb, password }) {
  if (existsSync(clusterDir)) return;
  const fresh = `${clusterDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  // A file, and of that account: initdb reads the password only from a file, and ours stays ours.
  const passwordFile = `${clusterDir}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.kind === 'user') for (const file of [fresh, passwordFile]) chownSync(file, account.uid, account.gid);
  const args = ['-D', fresh, '-U', SUPERUSER, '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8'];
  const run = asAccount(account, initdb, [...args, '--locale=C.UTF-8']);
  const done = spawnSync(run.command, run.args, { ...run.options, encoding: 'utf8', env: quietEnvironment() });
  rmSync(passwordFile, { force: true });
  if (done.status !== 0) throw initdbProblem(done, fresh);
  renameSync(fresh, clusterDir);
}

function initdbProblem(done, dir) {
  const text = done.error?.message ?? done.stderr ?? '';
  rmSync(dir, { recursive: true, force: true });
  if (/No space left on device/i.test(text)) return new Problem(`The disk with ${dir} is full.`, DISK_REMEDY);
  const line = text.split('\n').find((candidate) => /error|fatal|cannot|could not/i.test(candidate)) ?? text.trim();
  return new Problem(`The database files could not be made: ${line.replace(/^initdb: error: /, '').trim()}.`);
}

/** Without a caller's PGDATA, PGPORT and the like, and with messages in English: some of them are read. */
export function quietEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' };
}
