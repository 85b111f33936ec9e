import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './launch/problem.mjs';
import { isRunning } from './launch/processes.mjs';
import { reportFailure } from './launch/report-failure.mjs';
import { chooseAccount } from './postgres/account.mjs';
import { findBinaries } from './postgres/binaries.mjs';
import { SUPERUSER, createCluster, keepPassword } from './postgres/cluster.mjs';
import { withLock } from './postgres/lock.mjs';
import { runningServer, startServer, stopServer } from './postgres/server.mjs';
import { Users } from './postgres/users.mjs';

const POLL_MS = 500;

/**
 * A real PostgreSQL without installation: the server that npm ships, its data in `dataDir`. Works as root and as a normal user.
 * Several processes may call this with the same `dataDir` at the same time: they share one server, and the last one that releases
 * it (or the next caller after it was killed) stops it.
 *
 * @param {object} options
 * @param {string} options.dataDir a folder of its own: cluster, password, log and list of users
 * @param {string} [options.database] made when missing; default `matterline`
 * @param {string} [options.binDir] another PostgreSQL's programs (15 or newer) instead of npm's
 * @param {Record<string, string>} [options.settings] server settings, as in postgresql.conf
 * @returns {Promise<{ url: string, port: number, pid: number, version: string, adopted: boolean,
 *   ended: () => Promise<void>, release: () => Promise<void> }>}
 *   `url` is the superuser's; `adopted` says that the server ran already; `ended()` resolves when the server has gone
 * @throws {Problem} with one line for a person
 */
export async function startPostgres({ dataDir, database = 'matterline', binDir, settings = {} }) {
  const home = makeHome(path.resolve(dataDir));
  const lockFile = path.join(home, 'lock');
  const users = new Users(path.join(home, 'users.json'));
  const { server, token, ...found } = await withLock(lockFile, async () => {
    const attached = await attach(home, { database, binDir, settings });
    return { ...attached, token: users.enter() };
  });
  const release = once(() =>
    withLock(lockFile, async () => {
      // Looked up again: the one we started may have crashed, and another user may have started its successor.
      const living = runningServer(path.join(home, 'cluster'));
      if (users.leave(token) === 0 && living !== null) await stopServer(living);
    }),
  );
  return { ...found, port: server.port, pid: server.pid, ended: () => untilEnded(server), release };
}

/** Others may enter it (the account that PostgreSQL runs under) but not list it when we are root. */
function makeHome(home) {
  try {
    mkdirSync(home, { recursive: true });
    chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
    return realpathSync(home);
  } catch (error) {
    if (error.code !== 'EPERM' && error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
    throw new Problem(
      `This user may not write to ${home}.`,
      'Start as its owner, or set DATA_DIR to a folder of your own.',
    );
  }
}

async function attach(home, { database, binDir, settings }) {
  const clusterDir = path.join(home, 'cluster');
  const account = chooseAccount(clusterDir);
  const password = keepPassword(path.join(home, 'password'), clusterDir);
  const living = runningServer(clusterDir);
  const server = living ?? (await startNew({ home, clusterDir, account, password, binDir, settings }));
  const urlOf = (name) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(name)}`;
  try {
    const version = await prepare(urlOf('postgres'), { clusterDir, database });
    return { server, version, url: urlOf(database), adopted: living !== null };
  } catch (error) {
    if (living === null) await stopServer(server);
    throw error;
  }
}

async function startNew({ home, clusterDir, account, password, binDir, settings }) {
  const { postgres, initdb } = await findBinaries(account, binDir);
  createCluster({ clusterDir, account, initdb, password });
  return startServer({ clusterDir, account, postgres, logFile: path.join(home, 'server.log'), settings });
}

/** Checks that the server is the one of this cluster, and makes the database. */
async function prepare(url, { clusterDir, database }) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
  try {
    await client.connect();
    const shown = await client.query(
      `select current_setting('data_directory') as dir, current_setting('server_version') as version`,
    );
    const { dir, version } = shown.rows[0];
    if (dir !== clusterDir)
      throw new Problem(`The server on port ${client.port} has its data in ${dir}, not in ${clusterDir}.`);
    const existing = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (existing.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
    return version;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`The database in ${clusterDir} does not answer: ${error.message}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function untilEnded({ pid, mark }) {
  return new Promise((resolve) => {
    const poll = setInterval(() => {
      if (isRunning(pid, mark)) return;
      clearInterval(poll);
      resolve();
    }, POLL_MS);
    poll.unref();
  });
}

function once(work) {
  let result;
  return () => (result ??= work());
}

/** `node scripts/postgres.mjs [dataDir]`: runs the server until Ctrl-C and prints its address. */
async function main(dataDir) {
  const server = await startPostgres({ dataDir });
  console.log(server.url);
  let stopping = false;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, async () => {
      if (stopping) return;
      stopping = true;
      await server.release();
      process.exit(0);
    });
  }
  setInterval(() => undefined, 1 << 30);
  await server.ended();
  if (!stopping)
    throw new Problem('PostgreSQL stopped.', `Its log is ${path.join(path.resolve(dataDir), 'server.log')}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv[2] ?? path.join(process.env.DATA_DIR ?? '.data', 'postgres')).catch((error) => {
    reportFailure(error);
    process.exit();
  });
}
