import { randomBytes } from 'node:crypto';
import flags from '../../../config/node-flags.json';
import { cleanEnvironment } from '../../support/clean-environment';
import { Firm } from '../../support/firm';
import { freePort } from '../../support/free-port';
import { call } from '../../support/http';
import type { Product } from '../../support/product';
import { Program } from '../../support/program';
import { PROJECT_DIR } from '../../support/project-dir';
import { runCommand } from '../../support/run-command';
import { Simulator } from '../../support/simulator';
import { startApiProcess } from '../../support/start-api-process';
import { tempFolder } from '../../support/temp-folder';
import { waitFor } from '../../support/wait-for';
import type { Stores } from './stores';

const APP = { client_id: 'kills-client', client_secret: 'kills-secret', api_key: 'kills-api-key' };
const READY_MS = 60_000;

/** Matterline as processes that a test may kill one by one: on given stores, beside a simulator process of its own. */
export class Installation implements Product {
  private constructor(
    readonly way: Product['way'],
    readonly apiUrl: string,
    readonly simulator: Simulator,
    readonly databaseUrl: string,
    readonly env: Readonly<Record<string, string>>,
    private readonly close: () => Promise<void>,
  ) {}

  /**
   * Stores, schema and simulator; no process of Matterline runs yet.
   * @param frontPort where the outside world finds Matterline, when something stands in front of its API processes
   */
  static async open(stores: Stores, frontPort?: number): Promise<Installation> {
    const folder = tempFolder('kills');
    const [port, simulatorPort] = [frontPort ?? (await freePort()), await freePort()];
    const url = `http://localhost:${simulatorPort}`;
    const env: Record<string, string> = {
      ...cleanEnvironment(),
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      DATA_DIR: folder.dir,
      DATABASE_URL: stores.databaseUrl,
      ...(stores.redisUrl === null ? {} : { REDIS_URL: stores.redisUrl }),
      MASTER_KEY: randomBytes(32).toString('base64'),
      SMOKEBALL_CLIENT_ID: APP.client_id,
      SMOKEBALL_CLIENT_SECRET: APP.client_secret,
      SMOKEBALL_API_KEY: APP.api_key,
      SMOKEBALL_US_AUTH_URL: `${url}/us/auth`,
      SMOKEBALL_US_API_URL: `${url}/us/api`,
      SMOKEBALL_US_APP_URL: `${url}/us/app`,
      ALLOW_PRIVATE_NETWORKS: 'on',
    };
    const simulator = new Simulator(url);
    const program = programOf('simulator', {
      ...env,
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_DATA: `${folder.dir}/simulator`,
    });
    const made = new Installation(
      stores.redisUrl === null ? 'embedded' : 'external',
      `http://localhost:${port}`,
      simulator,
      stores.databaseUrl,
      env,
      async () => {
        await program.stop();
        await stores.close();
        folder.remove();
      },
    );
    const migrated = await made.cli(['migrate']);
    if (migrated.code !== 0) throw new Error(`migrate: ${migrated.stderr}`);
    await waitFor('the simulator', () => simulator.isUp());
    await simulator.registerApp({
      ...APP,
      tenant: 'us',
      redirect_uris: [`${made.apiUrl}/api/v1/integrations/smokeball/callback`],
    });
    return made;
  }

  /** An API process, ready to answer; on the public address's port unless told otherwise. */
  async api(more: Readonly<Record<string, string>> = {}): Promise<Program> {
    const env = { ...this.env, ...more };
    const program = programOf('api', env);
    const ready = `http://localhost:${env['PORT']}/health/ready`;
    await waitFor('the API to be ready', async () => isReady(program, ready), { limitMs: READY_MS, everyMs: 40 });
    return program;
  }

  async worker(more: Readonly<Record<string, string>> = {}): Promise<Program> {
    const program = programOf('worker', { ...this.env, ...more });
    await waitFor('the worker to be ready', () => program.output.includes('worker.started'), { limitMs: READY_MS });
    return program;
  }

  /** A firm that is connected to the simulated Smokeball. */
  async firm(): Promise<Firm> {
    const firm = await Firm.make(this);
    await firm.connect();
    return firm;
  }

  cli(args: readonly string[], input?: string) {
    const program = ['dist/server/apps/cli/src/main.js', ...args, '--json'];
    return runCommand(program, { cwd: PROJECT_DIR, env: this.env, input });
  }

  async startApi(more: Readonly<Record<string, string>>) {
    return await startApiProcess({ ...this.env, PORT: String(await freePort()), ...more });
  }

  async stop(): Promise<void> {
    await this.close();
  }
}

function programOf(name: 'api' | 'worker' | 'simulator', env: Readonly<Record<string, string>>): Program {
  const args = [...flags[name], `dist/server/apps/${name}/src/main.js`];
  return new Program({ command: process.execPath, args, cwd: PROJECT_DIR, env });
}

async function isReady(program: Program, url: string): Promise<boolean> {
  if (!program.isRunning) throw new Error(`it ended: ${program.output.slice(-800)}`);
  return (await call('GET', url)).status === 200;
}
