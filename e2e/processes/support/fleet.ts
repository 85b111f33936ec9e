import type { Firm } from '../../support/firm';
import { freePort } from '../../support/free-port';
import type { Program } from '../../support/program';
import { Installation } from '../../kills/support/installation';
import { OperationLog } from '../../kills/support/operation-log';
import { SmokeballWatch } from '../../kills/support/smokeball-watch';
import { externalStores } from '../../kills/support/stores';
import { RoundRobin } from './round-robin';

/** Two API and two worker processes behind a balancer, on one PostgreSQL and one Redis, with a connected firm. */
export class Fleet {
  private constructor(
    readonly installation: Installation,
    readonly watch: SmokeballWatch,
    readonly log: OperationLog,
    readonly redisUrl: string,
    readonly apis: Program[],
    readonly workers: Program[],
    readonly firm: Firm,
    private readonly balancer: RoundRobin,
  ) {}

  static async start(): Promise<Fleet> {
    const stores = await externalStores();
    const balancer = await RoundRobin.open();
    const installation = await Installation.open(stores, balancer.port);
    const started = [startApi(installation, balancer), startApi(installation, balancer)];
    const workers = await Promise.all([installation.worker(), installation.worker()]);
    const apis = await Promise.all(started);
    const log = await OperationLog.open(installation.databaseUrl);
    const watch = new SmokeballWatch(installation.simulator.url);
    const firm = await installation.firm();
    return new Fleet(installation, watch, log, stores.redisUrl, apis, workers, firm, balancer);
  }

  async addApi(): Promise<Program> {
    const program = await startApi(this.installation, this.balancer);
    this.apis.push(program);
    return program;
  }

  async addWorker(): Promise<Program> {
    const program = await this.installation.worker();
    this.workers.push(program);
    return program;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apis, ...this.workers].map((program) => program.stop()));
    await this.balancer.stop();
    await this.log.close();
    await this.installation.stop();
  }
}

async function startApi(installation: Installation, balancer: RoundRobin): Promise<Program> {
  const port = await freePort();
  const program = await installation.api({ PORT: String(port) });
  balancer.add(port);
  return program;
}
