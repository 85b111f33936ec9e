import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { startRedis } from './redis.mjs';

/** A developer's own settings must not reach the tests: a DATABASE_URL left in the shell would be somebody's real database. */
const OURS =
  /^(DATABASE_URL|REDIS_URL|MASTER_KEY|DATA_DIR|PORT|PUBLIC_URL|SIMULATOR.*|SMOKEBALL_(?!OPENAPI).*|CASEHUG_API_URL|ALLOW_PRIVATE_NETWORKS|EMBEDDED_WORKER|METRICS_.*|TLS_.*|TRUST_PROXY|SMTP_URL|SMTP_FROM)$/;

/** @returns {NodeJS.ProcessEnv} the environment without Matterline's settings */
export function cleanEnvironment(env = process.env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)));
}

/**
 * The two ways in which Matterline runs. `embedded`: the tests start what ships with it. `external`: a separate PostgreSQL and Redis,
 * as in a larger installation, started here and reached by address.
 */
export const WAYS = {
  embedded: {
    title: 'embedded database',
    needs: [],
    open: async () => ({ env: { MATTERLINE_TEST_WAY: 'embedded' }, close: async () => undefined }),
  },
  external: { title: 'separate PostgreSQL and Redis', needs: ['postgres', 'redis'], open: openExternal },
};

async function openExternal({ postgres, redis }) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'matterline-test-'));
  const settings = { max_connections: '200' };
  const database = await startPostgres({ dataDir: path.join(dir, 'postgres'), binDir: postgres, settings });
  const queue = await startRedis(redis).catch(async (error) => {
    await database.release();
    throw error;
  });
  return {
    note: `PostgreSQL ${database.version}`,
    env: {
      MATTERLINE_TEST_WAY: 'external',
      DATABASE_URL: database.url,
      REDIS_URL: queue.url,
      MASTER_KEY: randomBytes(32).toString('base64'),
    },
    close: async () => {
      await queue.stop();
      await database.release();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
