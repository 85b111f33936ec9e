import { call, mustCall } from '../../e2e/support/http';
import { consent, type SmokeballLogin } from '../../e2e/support/consent';
import { Firm } from '../../e2e/support/firm';
import type { Program } from '../../e2e/support/program';
import { Installation } from '../../e2e/kills/support/installation';
import { OperationLog } from '../../e2e/kills/support/operation-log';
import { type SeenCall, SmokeballWatch } from '../../e2e/kills/support/smokeball-watch';
import { embeddedStores } from '../../e2e/kills/support/stores';

/** What the promises are made for: 50 ms answers, everything else at the simulator's defaults, 1 % of events twice. */
const AS_PROMISED = { latency_ms: { min: 50, max: 50 }, duplicate_p: 0.01 };

export interface RecordedCall extends SeenCall {
  readonly at: string;
  readonly query: string;
  readonly account_id: string | null;
}

/** One API process and some worker processes on PostgreSQL, beside the simulator with its rate limit on. */
export class InstallationUnderLoad {
  private constructor(
    readonly installation: Installation,
    readonly watch: SmokeballWatch,
    readonly log: OperationLog,
    readonly api: Program,
    readonly workers: readonly Program[],
    readonly firm: Firm,
    readonly other: Firm,
  ) {}

  static async start(workers: number, switches: object = {}): Promise<InstallationUnderLoad> {
    const installation = await Installation.open(await embeddedStores());
    const api = await installation.api();
    const working = await Promise.all(Array.from({ length: workers }, () => installation.worker()));
    const log = await OperationLog.open(installation.databaseUrl);
    const watch = new SmokeballWatch(installation.simulator.url);
    await watch.switches({ ...AS_PROMISED, ...switches });
    const firm = await Firm.make(installation, { name: 'Big & Busy LLP' });
    await firm.connect();
    const other = await Firm.make(installation, { name: 'Small & Only LLP' });
    await connectAs(other, (await installation.simulator.firm('us', await secondAccount(installation))).users[0]);
    for (const each of [firm, other]) {
      // Each bench says itself what is sent, and when.
      const settings = { auto_sync_on_approval: false };
      const answer = await each.session.call('PATCH', '/api/v1/integrations/smokeball/status', { json: { settings } });
      if (answer.status !== 200) throw new Error(answer.text);
    }
    const made = new InstallationUnderLoad(installation, watch, log, api, working, firm, other);
    await made.indexesFilled();
    return made;
  }

  async calls(since = 0): Promise<RecordedCall[]> {
    return (await mustCall('GET', `${this.watchUrl}/_sim/requests?since=${since}&tenant=us`)) as RecordedCall[];
  }

  async newestCall(): Promise<number> {
    return (await this.calls()).at(-1)?.seq ?? 0;
  }

  /** Until no operation is open and no event waits. */
  async quiet(limitMs: number): Promise<void> {
    const until = Date.now() + limitMs;
    for (;;) {
      const [open] = await this.log.ask<{ count: number }>(
        `select (select count(*)::int from operations where state in ('pending', 'running', 'accepted'))
              + (select count(*)::int from events_in where state in ('pending', 'running')) as count`,
      );
      if (open?.count === 0) return;
      if (Date.now() > until) throw new Error(`${open?.count} operations and events are still open`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** A new connection reads the firm's contacts once, in the bulk lane. */
  private async indexesFilled(): Promise<void> {
    for (let tries = 0; tries < 240; tries += 1) {
      const indexes = await Promise.all(
        [this.firm, this.other].map((firm) => firm.session.call('GET', '/api/v1/console/contact-index')),
      );
      if (indexes.every(({ body }) => (body as { data?: { state?: string } }).data?.state === 'filled')) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('the phone index was not filled');
  }

  async stop(): Promise<void> {
    await Promise.all([this.api, ...this.workers].map((program) => program.stop()));
    await this.log.close();
    await this.installation.stop();
  }

  private get watchUrl(): string {
    return this.installation.simulator.url;
  }
}

/** The tenant's second firm: two of our firms on one account would hear each other's events. */
async function secondAccount(installation: Installation): Promise<string> {
  const { firms } = (await mustCall('GET', `${installation.simulator.url}/_sim/us/state`)) as {
    firms: { account_id: string }[];
  };
  return firms[1]?.account_id ?? '';
}

async function connectAs(firm: Firm, user: SmokeballLogin | undefined): Promise<void> {
  if (!user) throw new Error('the second simulated firm has no user');
  const started = await firm.session.call('GET', '/api/v1/integrations/smokeball/connect', {
    headers: { accept: 'application/json' },
  });
  const { authorization_url: url } = (started.body as { data: { authorization_url: string } }).data;
  await call('GET', await consent(url, user));
}

/** Calls that pass Smokeball's rate limit: file storage and sign-in stand outside it. */
export const isLimited = (seen: RecordedCall & { readonly area?: string }): boolean => seen.area === 'api';
