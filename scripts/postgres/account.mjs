import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../launch/problem.mjs';
import { canReach } from './can-reach.mjs';

const UNPRIVILEGED = ['postgres', 'nobody'];
/** As root, a user namespace lets PostgreSQL see itself as user 1000 while the files stay root's: it refuses to run as user 0. */
const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];

/**
 * @typedef {{ kind: 'self' } | { kind: 'user', uid: number, gid: number } | { kind: 'namespace' }} Account
 */

/**
 * Under which account PostgreSQL runs. A normal user: that user. Root: the owner of an existing cluster, else the owner of the
 * folder, else `postgres` or `nobody` (no account is made), else a user namespace when a 0700 folder keeps those out.
 * @param {string} clusterDir where the cluster is or will be; its parent exists
 * @returns {Account}
 */
export function chooseAccount(clusterDir) {
  if (process.getuid?.() !== 0) return ownAccount(clusterDir);
  if (existsSync(clusterDir)) return accountOfOwner(clusterDir);
  const parent = path.dirname(clusterDir);
  const owner = statSync(parent);
  const candidates = [
    ...(owner.uid === 0 ? [] : [{ uid: owner.uid, gid: owner.gid }]),
    ...UNPRIVILEGED.flatMap(lookUp),
  ];
  const fitting = candidates.find((candidate) => canReach(parent, candidate));
  if (fitting) return { kind: 'user', ...fitting };
  return namespaceFor(parent);
}

function ownAccount(clusterDir) {
  const owner = existsSync(clusterDir) ? statSync(clusterDir).uid : undefined;
  if (owner === undefined || process.getuid === undefined || owner === process.getuid()) return { kind: 'self' };
  throw new Problem(
    `The database in ${clusterDir} belongs to another user (id ${owner}).`,
    'Start as that user, or set DATA_DIR to a folder of your own.',
  );
}

function accountOfOwner(clusterDir) {
  const { uid, gid } = statSync(clusterDir);
  return uid === 0 ? namespaceFor(clusterDir) : { kind: 'user', uid, gid };
}

function namespaceFor(dir) {
  const [command, ...args] = NAMESPACE;
  if (spawnSync(command, [...args, 'test', '-x', dir]).status === 0) return { kind: 'namespace' };
  throw new Problem(
    `PostgreSQL does not run as root, and no other account can reach ${dir}.`,
    'Start as a normal user, or set DATA_DIR to a folder outside private ones, for example DATA_DIR=/var/lib/matterline.',
  );
}

function lookUp(name) {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  return uid.status === 0 && gid.status === 0 ? [{ uid: Number(uid.stdout), gid: Number(gid.stdout) }] : [];
}

/**
 * How to start a program under an account.
 * @param {Account} account
 * @returns {{ command: string, args: string[], options: { uid?: number, gid?: number } }}
 */
export function asAccount(account, program, args) {
  if (account.kind === 'namespace') {
    const [command, ...prefix] = NAMESPACE;
    return { command, args: [...prefix, program, ...args], options: {} };
  }
  return { command: program, args, options: account.kind === 'user' ? { uid: account.uid, gid: account.gid } : {} };
}
