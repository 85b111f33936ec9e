import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { nowTicks, signSmokeballWebhook } from '@matterline/smokeball-client';
import { Pool } from 'undici';
import type { OperationLog } from './operation-log';
import type { Scene } from './scene';

const CLIENT_ID = 'kills-client';
const LANES = 16;
const AFTER_FAILURE_MS = 40;
const ANSWER_MS = 12_000;

/** The hook of a scene's firm as Smokeball knows it. */
export async function hookOf(scene: Scene) {
  const account = await scene.installation.simulator.firm();
  const hook = account.webhooks[0] as unknown as { readonly key: string; readonly eventNotificationUrl: string };
  return { ...hook, accountId: account.account_id };
}

export type SceneHook = Awaited<ReturnType<typeof hookOf>>;

/** The headers of a delivery that is sent now. */
export function signedNow(key: string): Record<string, string> {
  const [timestamp, requestId] = [String(nowTicks(Date.now())), randomUUID()];
  const signature = signSmokeballWebhook(key, { timestamp, requestId, clientId: CLIENT_ID });
  return { timestamp, requestid: requestId, signature, 'content-type': 'application/json' };
}

/** Deliveries without pause, each another event; it remembers those that were answered with 200. */
export class HookLoad {
  readonly taken: string[] = [];
  readonly others = new Map<string, number>();
  private isOn = true;
  private readonly lanes: readonly Promise<void>[];
  private readonly pool: Pool;
  private readonly path: string;

  constructor(private readonly hook: SceneHook) {
    const { origin, pathname } = new URL(hook.eventNotificationUrl);
    this.path = pathname;
    this.pool = new Pool(origin, { connections: LANES, headersTimeout: ANSWER_MS });
    this.lanes = Array.from({ length: LANES }, () => this.run());
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await Promise.all(this.lanes);
    await this.pool.destroy();
  }

  /** The events that were answered with 200 and have no row. */
  async lost(log: OperationLog): Promise<readonly string[]> {
    const rows = await log.ask<{ resource_id: string }>('select resource_id from events_in');
    const stored = new Set(rows.map(({ resource_id }) => resource_id));
    return this.taken.filter((id) => !stored.has(id));
  }

  private async run(): Promise<void> {
    while (this.isOn) {
      const seen = await this.deliver();
      if (seen === '200') continue;
      this.others.set(seen, (this.others.get(seen) ?? 0) + 1);
      await pause(AFTER_FAILURE_MS);
    }
  }

  private async deliver(): Promise<string> {
    const id = randomUUID();
    const body = JSON.stringify({ accountId: this.hook.accountId, type: 'moon.risen', payload: { id }, timestamp: 1 });
    try {
      const headers = signedNow(this.hook.key);
      const answer = await this.pool.request({ method: 'POST', path: this.path, headers, body });
      await answer.body.dump();
      if (answer.statusCode === 200) this.taken.push(id);
      return String(answer.statusCode);
    } catch {
      return 'no answer';
    }
  }
}
