import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { Installation } from '../../e2e/kills/support/installation';
import { embeddedStores } from '../../e2e/kills/support/stores';
import { cleanEnvironment } from '../../e2e/support/clean-environment';
import type { Firm } from '../../e2e/support/firm';
import { Program } from '../../e2e/support/program';
import { PROJECT_DIR } from '../../e2e/support/project-dir';
import { waitFor } from '../../e2e/support/wait-for';

import type { LoadOrder, LoadSeen } from './loader';
import type { Target } from './signed-requests';

const FROM_SOURCE = ['-r', path.join(PROJECT_DIR, 'config/testing/swc-register.cjs')];
const CLIENT_ID = 'kills-client';

/** A server under load, and the processor time that it has used. */
export interface Loaded extends Target {
  readonly cpuMs: () => number;
}

export type Seen = LoadSeen & { readonly cpuUsEach: number };

/** Matterline's API process with a connected firm and the two floors, all on one PostgreSQL; no worker takes what is stored. */
export class IngestScene {
  private constructor(
    readonly installation: Installation,
    readonly database: Client,
    readonly firm: Firm,
    readonly product: Loaded,
    readonly bare: Loaded,
    readonly bareShared: Loaded,
    private readonly programs: readonly Program[],
  ) {}

  static async start(): Promise<IngestScene> {
    const installation = await Installation.open(await embeddedStores());
    const api = await installation.api({ LOG_LEVEL: 'warn' });
    const firm = await installation.firm();
    const account = await installation.simulator.firm();
    const hook = account.webhooks[0] as { readonly key: string; readonly eventNotificationUrl: string };
    const { pathname, port } = new URL(hook.eventNotificationUrl);
    const cpuMs = () => cpuMsOf(api.pid);
    const target = { host: '127.0.0.1', key: hook.key, clientId: CLIENT_ID, accountId: account.account_id };
    const database = new Client({ connectionString: installation.databaseUrl });
    await database.connect();
    const env = {
      ...cleanEnvironment(),
      DATABASE_URL: installation.databaseUrl,
      FIRM_ID: firm.id,
      HOOK_KEY: hook.key,
      CLIENT_ID,
    };
    const floors = [fromSource('bare-server.ts', env), fromSource('bare-server.ts', { ...env, SHARED_COMMITS: 'on' })];
    const [bare, shared] = await Promise.all(
      floors.map(async (floor) => ({ port: await portOf(floor), cpuMs: () => cpuMsOf(floor.pid) })),
    );
    if (!bare || !shared) throw new Error('a floor did not start');
    return new IngestScene(
      installation,
      database,
      firm,
      { ...target, path: pathname, port: Number(port), cpuMs },
      { ...target, path: '/hook', ...bare },
      { ...target, path: '/hook', ...shared },
      [api, ...floors],
    );
  }

  /** One window of load by a process of its own, on an empty inbox. @throws when a row is missing that was answered with 200 */
  async load({ cpuMs, ...order }: LoadOrder & Loaded): Promise<Seen> {
    await this.database.query('truncate events_in');
    await this.database.query('checkpoint');
    const child = spawn(process.execPath, [...FROM_SOURCE, path.join(__dirname, 'loader.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const beforeMs = cpuMs();
    child.stdin.end(JSON.stringify(order));
    const seen = JSON.parse(await text(child.stdout)) as LoadSeen;
    const { rows } = await this.database.query<{ count: number }>('select count(*)::int as count from events_in');
    if ((rows[0]?.count ?? 0) < seen.calls) throw new Error(`${seen.calls} answered with 200, ${rows[0]?.count} rows`);
    return { ...seen, cpuUsEach: ((cpuMs() - beforeMs) * 1000) / seen.calls };
  }

  async setting(name: string): Promise<string> {
    const { rows } = await this.database.query<{ value: string }>('select current_setting($1) as value', [name]);
    return rows[0]?.value ?? '';
  }

  async stop(): Promise<void> {
    for (const program of this.programs) await program.stop();
    await this.database.end();
    await this.installation.stop();
  }
}

function fromSource(file: string, env: Readonly<Record<string, string>>): Program {
  const args = [...FROM_SOURCE, path.join(__dirname, file)];
  return new Program({ command: process.execPath, args, cwd: PROJECT_DIR, env });
}

async function portOf(program: Program): Promise<number> {
  const found = await waitFor('the floor', () => {
    if (!program.isRunning) throw new Error(program.output);
    return /"port":(\d+)/.exec(program.output)?.[1];
  });
  return Number(found);
}

/** Processor time in milliseconds; it does not grow while others have the core. */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(words[11]) + Number(words[12])) * 10;
}
