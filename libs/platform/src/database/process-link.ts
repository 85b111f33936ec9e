import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { Log } from '../logging/log';
import { APP_ROLE } from './app-role';

/** First key of the advisory locks that say "this process lives". */
export const LIVENESS_LOCK = 4_211;
const RECONNECT_MS = 500;

type Listener = (payload: string) => void;

/**
 * One dedicated connection a process: it listens for notices, and it holds an advisory lock numbered like the process.
 * PostgreSQL lets go of the lock the moment the connection ends, so the others see at once that a process died.
 */
@Injectable()
export class ProcessLink implements OnApplicationShutdown {
  private client: Client | null = null;
  private starting: Promise<void> | null = null;
  private stopped = false;
  private number = 0;
  private readonly listeners = new Map<string, Listener[]>();

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Log,
  ) {}

  /** The number under which this process holds leases; 0 until the link stands. */
  get processNumber(): number {
    return this.number;
  }

  listen(channel: string, listener: Listener): void {
    const known = this.listeners.get(channel);
    if (known) known.push(listener);
    else this.listeners.set(channel, [listener]);
    if (this.client && !known) void this.client.query(`listen ${channel}`).catch(() => undefined);
  }

  async start(): Promise<void> {
    if (this.stopped || this.client) return;
    this.starting ??= this.open().finally(() => (this.starting = null));
    await this.starting;
  }

  private async open(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'matterline-link',
      keepAlive: true,
      options: `-c role=${APP_ROLE}`,
    });
    client.on('notification', (notice) => {
      for (const listener of this.listeners.get(notice.channel) ?? []) listener(notice.payload ?? '');
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const result = await client.query<{ number: number }>(`select nextval('process_numbers')::int as number`);
      const number = result.rows[0]?.number ?? 0;
      await client.query('select pg_advisory_lock($1, $2)', [LIVENESS_LOCK, number]);
      for (const channel of this.listeners.keys()) await client.query(`listen ${channel}`);
      client.on('end', () => this.lost());
      this.client = client;
      this.number = number;
    } catch (error) {
      this.log.warn('database.link.failed', { error });
      await client.end().catch(() => undefined);
      this.reconnectLater();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private lost(): void {
    if (this.stopped) return;
    this.client = null;
    // Whatever was held under it may be taken over from now on; a new link gets a new number.
    this.number = 0;
    this.log.warn('database.link.lost');
    this.reconnectLater();
  }

  private reconnectLater(): void {
    if (this.stopped) return;
    setTimeout(() => void this.start(), RECONNECT_MS).unref();
  }
}
