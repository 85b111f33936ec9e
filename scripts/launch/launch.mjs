import path from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { makeDemoFirm } from '../demo-firm.mjs';
import { BUILDS, build, isStale } from './builds.mjs';
import { requireFreePort } from './busy-port.mjs';
import { childEnvironment, simulatorUrl } from './child-environment.mjs';
import { Children } from './children.mjs';
import { prepareDataDir } from './data-dir.mjs';
import { DemoStore } from './demo-store.mjs';
import { waitUntilHealthy } from './health.mjs';
import { install, isInstalled } from './install.mjs';
import { keepMasterKey } from './master-key.mjs';
import { operatorCommand } from './operator-command.mjs';
import { NODE_FLAGS, PROGRAMS } from './programs.mjs';
import { PROJECT_DIR } from './project-dir.mjs';
import { Progress } from './progress.mjs';
import { endRunning } from './run-logged.mjs';
import { readSettings } from './settings.mjs';
import { welcome } from './welcome.mjs';

/** One start of Matterline: everything it needs, in order, and its end. */
export class Launch {
  #progress = new Progress();
  #stopped = null;

  constructor(env = process.env) {
    this.env = env;
    this.settings = readSettings(env);
    this.children = new Children({ dataDir: this.settings.dataDir, cwd: PROJECT_DIR });
  }

  /** Starts everything and prints where it is. Rejects with a Problem when it cannot. */
  async start() {
    const { settings } = this;
    prepareDataDir(settings.dataDir);
    await this.children.clearLeftovers();
    await requireFreePort(settings.port, 'PORT', 'the console');
    if (settings.simulator) await requireFreePort(settings.simulatorPort, 'SIMULATOR_PORT', 'the simulator');
    await this.#installAndBuild();
    const databaseUrl = settings.databaseUrl ?? (await this.#startDatabase());
    const store = settings.simulator ? new DemoStore(settings.dataDir) : null;
    const made = { databaseUrl, masterKey: this.masterKey ?? settings.masterKey, oauthApp: store?.oauthApp() };
    const env = childEnvironment(this.env, settings, made);
    await this.#progress.step('Bringing the database up to date', () =>
      operatorCommand(['migrate'], { cwd: PROJECT_DIR, env }),
    );
    const localUrl = `${settings.tls ? 'https' : 'http'}://localhost:${settings.port}`;
    await this.#progress.step('Starting Matterline', () => this.#startProcesses(env, localUrl));
    const login = store && (await this.#makeDemo({ settings, env, cwd: PROJECT_DIR, store, localUrl }));
    this.#progress.say(welcome({ settings, login, dataDir: settings.dataDir }));
  }

  /** Stops what was started, in order: API, simulator, database. Safe to call twice. */
  stop() {
    this.#stopped ??= (async () => {
      endRunning();
      await this.children.stop();
      await this.postgres?.release();
    })();
    return this.#stopped;
  }

  get logs() {
    return path.join(this.settings.dataDir, 'logs');
  }

  async #installAndBuild() {
    if (!isInstalled(PROJECT_DIR)) {
      const log = path.join(this.logs, 'install.log');
      await this.#progress.step('Installing packages (the first time takes about a minute)', () =>
        install(PROJECT_DIR, log),
      );
    }
    const stale = Object.keys(BUILDS).filter((name) => isStale(PROJECT_DIR, name));
    if (stale.length === 0) return;
    const titles = stale.map((name) => BUILDS[name].title).join(' and ');
    await this.#progress.step(`Building ${titles}`, async () => {
      const builds = stale.map((name) => build(PROJECT_DIR, name, path.join(this.logs, `build-${name}.log`)));
      const failed = (await Promise.allSettled(builds)).find(({ status }) => status === 'rejected');
      if (failed) throw failed.reason;
    });
  }

  async #startDatabase() {
    const { dataDir, masterKey } = this.settings;
    const kept = masterKey === undefined ? keepMasterKey(dataDir) : { masterKey, made: null };
    this.masterKey = kept.masterKey;
    await this.#progress.step('Starting the database', async () => {
      this.postgres = await startPostgres({ dataDir: path.join(dataDir, 'postgres') });
      return { note: `PostgreSQL ${this.postgres.version}` };
    });
    const log = path.join(dataDir, 'postgres', 'server.log');
    void this.postgres.ended().then(() => this.children.failed('database', log, 'its process has ended'));
    if (kept.made !== null) {
      this.#progress.say(
        `! A key that encrypts client data was made in ${path.relative('.', kept.made)}. Without it the data cannot be read: keep a copy.`,
      );
    }
    return this.postgres.url;
  }

  async #startProcesses(env, localUrl) {
    const { settings } = this;
    if (settings.simulator) {
      const simulator = { ...env, SIMULATOR_DATA: path.join(settings.dataDir, 'simulator') };
      this.children.start({
        name: 'simulator',
        script: PROGRAMS.simulator,
        env: simulator,
        flags: NODE_FLAGS.simulator,
      });
      await this.#ready(`${simulatorUrl(settings)}/_sim/health`, 'simulator');
    }
    this.children.start({
      name: 'api',
      script: PROGRAMS.api,
      flags: NODE_FLAGS.api,
      env: { ...env, EMBEDDED_WORKER: 'on' },
    });
    await this.#ready(`${localUrl}/health/ready`, 'api');
  }

  async #ready(url, name) {
    const healthy = waitUntilHealthy(url, { what: name, logFile: path.join(this.logs, `${name}.log`) });
    const failed = await Promise.race([healthy, this.children.failure]);
    if (failed) throw failed;
  }

  async #makeDemo(demo) {
    const doing = demo.store.get('extensionPaired') ? 'Setting the desks of the demo firm' : 'Making the demo firm';
    return this.#progress.step(doing, () => makeDemoFirm(demo));
  }
}
