import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Client } from 'pg';
import { cleanEnvironment } from '../../support/clean-environment';
import { Program } from '../../support/program';
import { PROJECT_DIR } from '../../support/project-dir';
import { tempFolder } from '../../support/temp-folder';
import { waitFor } from '../../support/wait-for';

/** Where an installation keeps what it knows. */
export interface Stores {
  /** As the owner of the database. */
  readonly databaseUrl: string;
  /** Null: the queue's embedded default. */
  readonly redisUrl: string | null;
  close(): Promise<void>;
}

/** The PostgreSQL that ships with Matterline, started as `npm start` starts it. */
export async function embeddedStores(env: Readonly<Record<string, string>> = {}): Promise<Stores> {
  const folder = tempFolder('postgres');
  const args = ['scripts/postgres.mjs', path.join(folder.dir, 'postgres')];
  const program = new Program({
    command: process.execPath,
    args,
    cwd: PROJECT_DIR,
    env: { ...cleanEnvironment(), ...env },
  });
  const found = await waitFor('the database', () => /^postgres:\S+$/m.exec(program.output), { limitMs: 60_000 });
  return {
    databaseUrl: found[0],
    redisUrl: null,
    close: async () => {
      await program.stop();
      folder.remove();
    },
  };
}

/** A database of its own on the PostgreSQL, and the Redis, that `npm test` names in the external way. */
export async function externalStores(): Promise<Stores & { readonly redisUrl: string }> {
  const { DATABASE_URL: serverUrl, REDIS_URL: redisUrl } = process.env;
  if (!serverUrl || !redisUrl) throw new Error('this needs DATABASE_URL and REDIS_URL: run it with `npm test`');
  const name = `processes_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.href,
    redisUrl,
    close: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
