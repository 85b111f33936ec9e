import type { KeyStore, WrappedKey } from '../crypto/key-ring';
import type { Database } from './database';

/** The wrapped keys in the `data_keys` table. */
export class DatabaseKeyStore implements KeyStore {
  constructor(private readonly database: Database) {}

  async load(): Promise<readonly WrappedKey[]> {
    return await this.database.shared<WrappedKey>('select version, purpose, wrapped from data_keys order by version');
  }

  async addFirst(keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]> {
    // One statement: a first start that is killed leaves all of the keys or none.
    const rows = keys.map((_key, at) => `($${at * 3 + 1}, $${at * 3 + 2}, $${at * 3 + 3})`).join(', ');
    await this.database.shared(
      `insert into data_keys (purpose, version, wrapped) values ${rows} on conflict do nothing`,
      keys.flatMap((key) => [key.purpose, key.version, key.wrapped]),
    );
    return await this.load();
  }
}
