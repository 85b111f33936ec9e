import { DataSource } from 'typeorm';
import { ownerDataSource } from '@matterline/platform';
import { MIGRATIONS } from './index';

/** Two processes that start together must not both migrate. */
const MIGRATION_LOCK = 4_210;

/** Brings the database to the newest shape. @returns the names of the migrations that ran; none when it was there already. */
export async function runMigrations(databaseUrl: string): Promise<string[]> {
  return await asOwner(databaseUrl, async (source) =>
    (await source.runMigrations()).map((migration) => migration.name),
  );
}

/** Takes every migration back, newest first; for tests of the way down. */
export async function undoMigrations(databaseUrl: string): Promise<void> {
  await asOwner(databaseUrl, async (source) => {
    for (let i = 0; i < MIGRATIONS.length; i += 1) await source.undoLastMigration();
  });
}

async function asOwner<T>(databaseUrl: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const lock = new DataSource(ownerDataSource(databaseUrl, []));
  const source = new DataSource(ownerDataSource(databaseUrl, MIGRATIONS));
  await lock.initialize();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.initialize();
    return await work(source);
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.destroy();
  }
}
