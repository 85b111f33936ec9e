import type { KeyStore, WrappedKey } from '../crypto/key-ring';
import type { Database } from './database';

/** The wrapped keys in the `data_keys` table. */
export class DatabaseKeyStore implements KeyStore {
  constructor(private readonly database: Database) {}

  async load(): Promise<readonly WrappedKey[]> {
    return await this.database.shared<WrappedKey>('select version, purpose, wrapped from data_keys order by version');
  }

  async addFirst(keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]> {
    for (const key of keys) {
      await this.database.shared(
        'insert into data_keys (purpose, version, wrapped) values ($1, $2, $3) on conflict do nothing',
        [key.purpose, key.version, key.wrapped],
      );
    }
    return await this.load();
  }
}
