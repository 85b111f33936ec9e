import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Bull from 'bull';
import { createMigratedDatabase, type TestDatabase } from '../../../../config/testing/test-database';
import { DataSource } from 'typeorm';
import { appDataSource } from '../database/data-source';
import { Database } from '../database/database';
import { ProcessLink } from '../database/process-link';
import { Log } from '../logging/log';
import { BullWorkQueue } from './bull-work-queue';
import { NotifyWorkQueue } from './notify-work-queue';
import type { WorkItem, WorkQueue } from './work-queue';

const log = new Log('silent');
const REDIS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((file) => existsSync(file));

/** Two processes on one queue, and how to make it go away and end. */
interface Pair {
  readonly sender: WorkQueue;
  readonly worker: WorkQueue;
  breakIt(): Promise<void>;
  close(): Promise<void>;
}

async function onPostgres(database: TestDatabase): Promise<Pair> {
  const source = await new DataSource(appDataSource({ databaseUrl: database.url, poolSize: 2 })).initialize();
  const links = [new ProcessLink(database.url, log), new ProcessLink(database.url, log)] as const;
  const [sender, worker] = links.map((link) => new NotifyWorkQueue(new Database(source), link)) as [
    NotifyWorkQueue,
    NotifyWorkQueue,
  ];
  return {
    sender,
    worker,
    breakIt: () => source.destroy(),
    close: async () => {
      if (source.isInitialized) await source.destroy();
      for (const link of links) await link.onApplicationShutdown();
    },
  };
}

async function onRedis(url: string, stop: () => Promise<void>): Promise<Pair> {
  const name = `test-${Math.random()}`;
  const queues = [new Bull<WorkItem>(name, url), new Bull<WorkItem>(name, url)] as const;
  const [sender, worker] = queues.map((queue) => new BullWorkQueue(queue, log)) as [BullWorkQueue, BullWorkQueue];
  for (const queue of [sender, worker]) queue.onModuleInit();
  await until(() => queues.every((queue) => queue.client.status === 'ready'));
  return {
    sender,
    worker,
    breakIt: stop,
    close: async () => {
      for (const queue of [sender, worker]) await queue.onApplicationShutdown();
      await stop();
    },
  };
}

/** A Redis of this test's own, which it may end. */
async function startRedis(program: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const dir = mkdtempSync(path.join(tmpdir(), 'matterline-redis-'));
  const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '']);
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (text: Buffer) => {
      if (/Ready to accept/.test(text.toString())) resolve();
    }),
  );
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

const item = (id: string): WorkItem => ({ topic: 'operation', firmId: 'frm_1', id });
/** Until it holds, looked at again and again. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 500; round += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never held');
}

describe('the queue', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createMigratedDatabase();
  });
  afterAll(() => database.drop());

  it('can be checked on Redis too', () => {
    if (REDIS) return;
    console.warn(
      'NOT CHECKED: the queue on Redis, because there is no redis-server. Debian: apt-get install redis-server',
    );
    expect(process.env['CI']).toBeUndefined();
  });

  const ways: readonly [string, () => Promise<Pair>][] = [
    ['PostgreSQL', () => onPostgres(database)],
    ...(REDIS
      ? [
          [
            'Redis',
            async () => {
              const { url, stop } = await startRedis(REDIS);
              return await onRedis(url, stop);
            },
          ] as [string, () => Promise<Pair>],
        ]
      : []),
  ];

  describe.each(ways)('on %s', (_name, open) => {
    let pair: Pair;
    let got: WorkItem[];
    beforeEach(async () => {
      pair = await open();
      got = [];
    });
    afterEach(() => pair.close());
    const consume = () =>
      pair.worker.consume((work) => {
        got.push(work);
        return Promise.resolve();
      });

    it('brings a wake-up to another process, ids only', async () => {
      await consume();
      pair.sender.wake(item('op_1'));
      await until(() => got.length > 0);
      expect(got[0]).toEqual(item('op_1'));
    });

    it('brings many', async () => {
      await consume();
      for (let at = 0; at < 100; at += 1) pair.sender.wake(item(`op_${at}`));
      await until(() => new Set(got.map(({ id }) => id)).size === 100);
    });

    it('goes on after a handler that throws', async () => {
      await pair.worker.consume((work) => {
        got.push(work);
        return work.id === 'op_bad' ? Promise.reject(new Error('no')) : Promise.resolve();
      });
      pair.sender.wake(item('op_bad'));
      pair.sender.wake(item('op_good'));
      await until(() => got.some(({ id }) => id === 'op_good'));
    });

    it('is well', async () => {
      expect(await pair.sender.health()).toBeNull();
    });

    it('gone, stands in nobody’s way: a wake-up is lost without waiting and without throwing', async () => {
      await pair.breakIt();
      const begun = Date.now();
      for (let at = 0; at < 1_000; at += 1) pair.sender.wake(item(`op_${at}`));
      expect(Date.now() - begun).toBeLessThan(1_000);
    });
  });

  it('on Redis says that it is not well when Redis is gone', async () => {
    if (!REDIS) return;
    const { url, stop } = await startRedis(REDIS);
    const pair = await onRedis(url, stop);
    await pair.breakIt();
    await until(async () => (await pair.sender.health()) === 'redis');
    await pair.close();
  });
});
