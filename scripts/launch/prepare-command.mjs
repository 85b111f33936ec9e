import path from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { build, isStale } from './builds.mjs';
import { childEnvironment } from './child-environment.mjs';
import { prepareDataDir } from './data-dir.mjs';
import { DemoStore } from './demo-store.mjs';
import { install, isInstalled } from './install.mjs';
import { keepMasterKey } from './master-key.mjs';
import { operatorCommand } from './operator-command.mjs';
import { PROJECT_DIR } from './project-dir.mjs';
import { Progress } from './progress.mjs';
import { readSettings } from './settings.mjs';

/**
 * What an operators' command needs before it can run: packages, a build, the database (a running embedded one is shared, a resting
 * one is started for the time being and brought up to date) and the environment that the server would have.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ migrate: boolean }} options whether to bring a database that we had to start up to date
 * @returns {Promise<{ env: NodeJS.ProcessEnv, release: () => Promise<void> }>}
 */
export async function prepareCommand(env, { migrate }) {
  const settings = readSettings(env);
  prepareDataDir(settings.dataDir);
  await installAndBuild(settings.dataDir);
  const database = await findDatabase(settings);
  const oauthApp = settings.simulator ? new DemoStore(settings.dataDir).oauthApp() : undefined;
  const commandEnv = childEnvironment(env, settings, { ...database, oauthApp });
  try {
    if (migrate && database.started) await operatorCommand(['migrate'], { cwd: PROJECT_DIR, env: commandEnv });
  } catch (error) {
    await database.release();
    throw error;
  }
  return { env: commandEnv, release: database.release };
}

/**
 * The same for a command that needs no database. It gets the environment as it is: the simulator of `npm start` has no part in it.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ env: NodeJS.ProcessEnv, release: () => Promise<void> }>}
 */
export async function prepareWithoutDatabase(env) {
  const { dataDir } = readSettings(env);
  prepareDataDir(dataDir);
  await installAndBuild(dataDir);
  return { env: { NODE_ENV: 'production', ...env }, release: async () => undefined };
}

async function installAndBuild(dataDir) {
  const progress = new Progress(process.stderr);
  const log = (name) => path.join(dataDir, 'logs', name);
  if (!isInstalled(PROJECT_DIR))
    await progress.step('Installing packages', () => install(PROJECT_DIR, log('install.log')));
  if (!isStale(PROJECT_DIR, 'server')) return;
  await progress.step('Building the server', () => build(PROJECT_DIR, 'server', log('build-server.log')));
}

async function findDatabase({ databaseUrl, masterKey, dataDir }) {
  if (databaseUrl !== undefined) return { databaseUrl, masterKey, started: false, release: async () => undefined };
  const key = masterKey ?? keepMasterKey(dataDir).masterKey;
  const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres') });
  return { databaseUrl: server.url, masterKey: key, started: !server.adopted, release: server.release };
}
