import type { KeyStore, WrappedKey } from '../crypto/key-ring';

/** Wrapped keys as the table would hold them. */
export class MemoryKeyStore implements KeyStore {
  constructor(readonly keys: WrappedKey[] = []) {}

  load(): Promise<readonly WrappedKey[]> {
    return Promise.resolve(this.keys);
  }

  addFirst(keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]> {
    if (this.keys.length === 0) this.keys.push(...keys);
    return Promise.resolve(this.keys);
  }
}
