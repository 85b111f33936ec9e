import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabase {
  readonly url: string;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  if (!url) throw new Error('these tests need PostgreSQL: run them with `npm test`');
  return url;
}

/** A database of its own on the test server, asked as its owner. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = new Client({ connectionString: serverUrl() });
  await server.connect();
  await server.query(`create database ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  client.on('error', () => undefined);
  // One connection does one thing at a time, however many tests ask at once.
  let before: Promise<unknown> = Promise.resolve();
  return {
    url: url.href,
    query: async <Row>(sql: string, parameters: unknown[] = []) => {
      const answer = before.then(() => client.query(sql, parameters));
      before = answer.catch(() => undefined);
      return (await answer).rows as Row[];
    },
    drop: async () => {
      await client.end();
      await server.query(`drop database if exists ${name} with (force)`);
      await server.end();
    },
  };
}
