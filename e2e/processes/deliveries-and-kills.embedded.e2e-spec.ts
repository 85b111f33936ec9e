import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Firm } from '../support/firm';
import { mustCall } from '../support/http';
import type { Program } from '../support/program';
import { waitFor } from '../support/wait-for';
import { Installation } from '../kills/support/installation';
import { type Intake, newIntake, sendIntake } from '../kills/support/intake';
import { OperationLog } from '../kills/support/operation-log';
import { embeddedStores } from '../kills/support/stores';
import { untilThrough } from '../kills/support/through';

const PATHS = ['/one', '/two'];
const INTAKES = 6;
const STATUSES = ['Pending', 'Closed', 'Open'];
const ANSWER_MS = 150;
const THROUGH_MS = 60_000;

interface Told {
  readonly path: string;
  readonly id: string;
}

interface Emitted {
  readonly id: string;
  readonly matter_id: string | null;
}

/** CaseHug's side: slow, and of every five requests one fails. What it took, in order. */
class Receiver {
  readonly taken: Told[] = [];
  private count = 0;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (incoming, response) => {
      incoming.resume();
      const isGood = ++receiver.count % 5 !== 0;
      if (isGood) receiver.taken.push({ path: incoming.url ?? '', id: String(incoming.headers['webhook-id']) });
      setTimeout(() => response.writeHead(isGood ? 200 : 500).end(), ANSWER_MS);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Each event once, where it came first: what a receiver that knows repeats by their id acts on. */
  acted(path: string): string[] {
    return [...new Set(this.taken.filter((told) => told.path === path).map(({ id }) => id))];
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('events to CaseHug while workers are killed', () => {
  let installation: Installation;
  let receiver: Receiver;
  let log: OperationLog;
  let firm: Firm;
  let workers: Program[];
  let programs: Program[];

  beforeAll(async () => {
    receiver = await Receiver.open();
    installation = await Installation.open(await embeddedStores());
    await installation.simulator.makeQuick();
    workers = await Promise.all([installation.worker(), installation.worker()]);
    programs = [...workers, await installation.api()];
    log = await OperationLog.open(installation.databaseUrl);
    firm = await installation.firm();
    for (const path of PATHS)
      await mustCall('POST', `${installation.apiUrl}/api/v1/webhooks`, {
        headers: { 'x-api-key': firm.apiKey },
        json: { url: `${receiver.url}${path}`, events: ['*'] },
      });
  }, 90_000);

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await log.close();
    await installation.stop();
    await receiver.close();
  }, 60_000);

  it('arrive at each address, each once for who knows repeats by their id, and in order per matter', async () => {
    const intakes = Array.from({ length: INTAKES }, newIntake);
    await Promise.all(intakes.map((intake) => sendIntake(firm, intake, [installation.apiUrl])));
    await untilThrough(log, intakes, THROUGH_MS);
    const changes = changeStatuses(intakes);
    for (const worker of workers) {
      await atWork();
      worker.signal('SIGKILL');
      await pause(500);
      programs.push(await installation.worker());
    }
    await changes;
    await untilThrough(log, intakes, THROUGH_MS);
    await waitFor('all deliveries', async () => (await openDeliveries()) === 0, { limitMs: THROUGH_MS, everyMs: 250 });

    const emitted = await log.ask<Emitted>('select id, matter_id from events_out order by position');
    const interrupted = await log.ask(`select 1 from delivery_attempts where error = 'interrupted'`);
    console.log(`${emitted.length} events, ${receiver.taken.length} taken, ${interrupted.length} tries interrupted`);
    expect(emitted.length).toBeGreaterThanOrEqual(INTAKES * 3);
    for (const path of PATHS) {
      const acted = receiver.acted(path);
      expect([...acted].sort()).toEqual(emitted.map(({ id }) => id).sort());
      for (const { matterId } of intakes) {
        const told = emitted.filter((event) => event.matter_id === matterId).map(({ id }) => id);
        expect(acted.filter((id) => told.includes(id))).toEqual(told);
      }
    }
  }, 180_000);

  /** As people at the firm do, one status after the other on every matter. */
  async function changeStatuses(intakes: readonly Intake[]): Promise<void> {
    const links = await log.ask<{ id: string }>(
      'select smokeball_matter_id as id from matter_links where matter_id = any ($1)',
      [intakes.map(({ matterId }) => matterId)],
    );
    expect(links).toHaveLength(INTAKES);
    for (const status of STATUSES) {
      await Promise.all(links.map(({ id }) => installation.simulator.changeMatterAsUser(id, { status })));
      await pause(1_500);
    }
  }

  /** At a moment when several processes are in the middle of a delivery. */
  async function atWork(): Promise<void> {
    await waitFor(
      'two processes to be delivering',
      async () => {
        const [work] = await log.ask<{ holders: number }>(
          `select count(distinct holder)::int as holders from deliveries where state = 'running'`,
        );
        return (work?.holders ?? 0) >= 2;
      },
      { everyMs: 10 },
    );
  }

  async function openDeliveries(): Promise<number> {
    const [open] = await log.ask<{ count: number }>(
      `select count(*)::int as count from deliveries where state <> 'delivered'`,
    );
    return open?.count ?? -1;
  }
});
