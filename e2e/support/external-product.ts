import { randomBytes, randomInt } from 'node:crypto';
import { Client } from 'pg';
import flags from '../../config/node-flags.json';
import { cleanEnvironment } from './clean-environment';
import { freePort } from './free-port';
import { Program } from './program';
import type { Product, ProductOptions } from './product';
import { PROJECT_DIR } from './project-dir';
import { runCommand } from './run-command';
import { Simulator } from './simulator';
import { startApiProcess } from './start-api-process';
import { tempFolder } from './temp-folder';
import { waitFor } from './wait-for';

const TENANTS = ['us', 'us-staging', 'au', 'au-staging', 'uk', 'uk-staging'];
const REDIS_DATABASES = 16;
const APP = { client_id: 'e2e-client', client_secret: 'e2e-secret', api_key: 'e2e-api-key' };

export interface ExternalServers {
  /** A superuser's address of a PostgreSQL server; the product gets a database of its own on it. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** A larger installation: API and worker processes on a separate PostgreSQL and Redis, with the simulator in Smokeball's place. */
export async function startExternalProduct(
  servers: ExternalServers,
  { env = {} }: ProductOptions = {},
): Promise<Product> {
  const folder = tempFolder('external');
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const simulator = new Simulator(`http://localhost:${simulatorPort}`);
  const database = await makeDatabase(servers.databaseUrl);
  const settings: Record<string, string> = {
    ...cleanEnvironment(),
    ...smokeballHosts(simulator.url),
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: folder.dir,
    DATABASE_URL: database.url,
    REDIS_URL: redisDatabase(servers.redisUrl),
    MASTER_KEY: randomBytes(32).toString('base64'),
    SMOKEBALL_CLIENT_ID: APP.client_id,
    SMOKEBALL_CLIENT_SECRET: APP.client_secret,
    SMOKEBALL_API_KEY: APP.api_key,
    ALLOW_PRIVATE_NETWORKS: 'on',
    ...env,
  };
  const start = (name: keyof typeof flags, more: Record<string, string> = {}) =>
    new Program({
      command: process.execPath,
      args: [...flags[name], `dist/server/apps/${name}/src/main.js`],
      cwd: PROJECT_DIR,
      env: { ...settings, ...more },
    });
  const cli = (args: readonly string[], input?: string) =>
    runCommand(['dist/server/apps/cli/src/main.js', ...args, '--json'], { cwd: PROJECT_DIR, env: settings, input });
  const running: { stop(): Promise<unknown> }[] = [];
  const stop = async () => {
    for (const program of running.splice(0).reverse()) await program.stop();
    await database.drop();
    folder.remove();
  };
  try {
    running.push(
      start('simulator', { SIMULATOR_PORT: String(simulatorPort), SIMULATOR_DATA: `${folder.dir}/simulator` }),
    );
    const migrated = await cli(['migrate']);
    if (migrated.code !== 0) throw new Error(`migrate: ${migrated.stderr}`);
    await waitFor('the simulator', () => simulator.isUp());
    for (const tenant of TENANTS)
      await simulator.registerApp({
        ...APP,
        tenant,
        redirect_uris: [`${settings['PUBLIC_URL']}/api/v1/integrations/smokeball/callback`],
      });
    running.push(start('worker'));
    running.push(await startApiProcess(settings));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    way: 'external',
    apiUrl: `http://localhost:${port}`,
    simulator,
    databaseUrl: database.url,
    env: settings,
    cli,
    startApi: async (more) => startApiProcess({ ...settings, PORT: String(await freePort()), ...more }),
    stop,
  };
}

async function makeDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** One of Redis's numbered databases, so that test files leave nothing to each other. */
function redisDatabase(url: string): string {
  const own = new URL(url);
  if (own.pathname === '' || own.pathname === '/') own.pathname = `/${randomInt(1, REDIS_DATABASES)}`;
  return own.href;
}

function smokeballHosts(simulatorUrl: string): Record<string, string> {
  const entries = TENANTS.flatMap((tenant) =>
    ['auth', 'api', 'app'].map((host): [string, string] => [
      `SMOKEBALL_${tenant.toUpperCase().replace('-', '_')}_${host.toUpperCase()}_URL`,
      `${simulatorUrl}/${tenant}/${host}`,
    ]),
  );
  return Object.fromEntries(entries);
}
