import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnvironment } from './clean-environment';
import { checkAnswersOf } from './described-answers';
import { freePort } from './free-port';
import { Program } from './program';
import type { Product, ProductOptions } from './product';
import { PROJECT_DIR } from './project-dir';
import { runCommand } from './run-command';
import { Simulator } from './simulator';
import { startApiProcess } from './start-api-process';
import { tempFolder } from './temp-folder';
import { waitFor } from './wait-for';

/** A first start may have to build. */
const START_MS = 240_000;
const TENANTS = ['US', 'US_STAGING', 'AU', 'AU_STAGING', 'UK', 'UK_STAGING'];

/** All of it by `scripts/start.mjs`, as on a newcomer's machine, with its data outside the checkout. */
export async function startEmbeddedProduct({ env = {} }: ProductOptions = {}): Promise<Product> {
  const folder = tempFolder('embedded');
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const settings = {
    ...cleanEnvironment(),
    ...env,
    PORT: String(port),
    SIMULATOR_PORT: String(simulatorPort),
    DATA_DIR: folder.dir,
    // It then ends by itself when Jest is killed.
    npm_lifecycle_event: 'start',
  };
  const program = new Program({
    command: process.execPath,
    args: ['scripts/start.mjs'],
    cwd: PROJECT_DIR,
    env: settings,
  });
  const stop = async () => {
    await program.stop('SIGINT');
    folder.remove();
  };
  try {
    await waitFor('Matterline to start', () => hasStarted(program), { limitMs: START_MS });
    await checkAnswersOf(`http://localhost:${port}`);
    const simulatorUrl = `http://localhost:${simulatorPort}`;
    const apiEnv = apiEnvironment(settings, folder.dir, simulatorUrl);
    return {
      way: 'embedded',
      apiUrl: `http://localhost:${port}`,
      simulator: new Simulator(simulatorUrl),
      databaseUrl: apiEnv['DATABASE_URL'] ?? '',
      env: apiEnv,
      cli: (args, input) =>
        runCommand(['scripts/cli.mjs', ...args, '--json'], { cwd: PROJECT_DIR, env: settings, input }),
      startApi: async (more) => startApiProcess({ ...apiEnv, PORT: String(await freePort()), ...more }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function hasStarted(program: Program): boolean {
  if (!program.isRunning) throw new Error(`it ended: ${program.output}`);
  return program.output.includes('Stop with Ctrl-C');
}

/** What the API process was given, read from where the start keeps it. */
function apiEnvironment(
  settings: Readonly<Record<string, string>>,
  dataDir: string,
  simulatorUrl: string,
): Record<string, string> {
  const read = (...parts: string[]) => readFileSync(path.join(dataDir, ...parts), 'utf8');
  const { oauthApp } = JSON.parse(read('demo.json')) as {
    oauthApp: { clientId: string; clientSecret: string; apiKey: string };
  };
  const postgresPort = read('postgres', 'cluster', 'postmaster.pid').split('\n')[3]?.trim() ?? '';
  const hosts = TENANTS.flatMap((tenant) =>
    ['AUTH', 'API', 'APP'].map((host) => [
      `SMOKEBALL_${tenant}_${host}_URL`,
      `${simulatorUrl}/${tenant.toLowerCase().replace('_', '-')}/${host.toLowerCase()}`,
    ]),
  );
  return {
    ...settings,
    ...(Object.fromEntries(hosts) as Record<string, string>),
    NODE_ENV: 'production',
    SMOKEBALL_CLIENT_ID: oauthApp.clientId,
    SMOKEBALL_CLIENT_SECRET: oauthApp.clientSecret,
    SMOKEBALL_API_KEY: oauthApp.apiKey,
    ALLOW_PRIVATE_NETWORKS: 'on',
    DATABASE_URL: `postgres://matterline:${read('postgres', 'password').trim()}@127.0.0.1:${postgresPort}/matterline`,
    MASTER_KEY: read('master.key').trim(),
  };
}
