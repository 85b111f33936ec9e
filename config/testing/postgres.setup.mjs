import path from 'node:path';
import { startPostgres } from '../../scripts/postgres.mjs';

/** Losing the last test run's data in a power cut is no harm, and making a database for each test file is twice as fast. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * Before the integration tests: one PostgreSQL for all of them, the embedded one unless DATABASE_URL names another.
 * TEST_DATABASE_URL is a superuser's address on it; each test file makes a database of its own.
 */
export default async function setUp(_globalConfig, { rootDir }) {
  if (process.env.DATABASE_URL) {
    process.env.TEST_DATABASE_URL = process.env.DATABASE_URL;
    return;
  }
  const dataDir = path.join(rootDir, '.data', 'test-postgres');
  const server = await startPostgres({ dataDir, database: 'postgres', settings: SETTINGS });
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.releaseTestPostgres = server.release;
}
