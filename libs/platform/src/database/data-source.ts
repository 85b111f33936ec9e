import type { DataSourceOptions } from 'typeorm';
import { APP_ROLE } from './app-role';

const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;

interface PoolSettings {
  readonly databaseUrl: string;
  readonly poolSize: number;
}

/** The application's pool: every connection takes the role that owns nothing before its first query. */
export function appDataSource({ databaseUrl, poolSize }: PoolSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    poolSize,
    synchronize: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    applicationName: 'matterline',
    extra: {
      options: `-c role=${APP_ROLE} -c statement_timeout=${STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=60000`,
    },
  };
}

/** The owner's connection, for migrations alone. */
export function ownerDataSource(databaseUrl: string, migrations: DataSourceOptions['migrations']): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    poolSize: 1,
    synchronize: false,
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    applicationName: 'matterline-migrations',
  };
}
