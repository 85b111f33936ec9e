import { randomBytes } from 'node:crypto';
import { open, seal } from './sealed-box';

export interface WrappedKey {
  readonly version: number;
  readonly purpose: 'data' | 'index';
  readonly wrapped: Buffer;
}

/** Where the wrapped keys are kept (the `data_keys` table). */
export interface KeyStore {
  load(): Promise<readonly WrappedKey[]>;
  /** Stores the keys unless others are there already; answers with those that stand. */
  addFirst(keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]>;
}

const context = (purpose: string, version: number) => `data_keys/${purpose}/${version}`;

/**
 * Envelope encryption: data keys are random and live in the database, wrapped by the master key that does not.
 * Version 0 in a wrapped key's header means the master key.
 */
export class KeyRing {
  private constructor(
    private readonly dataKeys: ReadonlyMap<number, Buffer>,
    readonly currentVersion: number,
    readonly indexKey: Buffer,
  ) {}

  /** @throws Error 'wrong master key' when the stored keys do not open. */
  static async unlock(masterKey: Buffer, store: KeyStore): Promise<KeyRing> {
    let wrapped = await store.load();
    if (wrapped.length === 0) {
      const fresh = (purpose: 'data' | 'index'): WrappedKey => ({
        version: 1,
        purpose,
        wrapped: seal(masterKey, 0, randomBytes(32), context(purpose, 1)),
      });
      wrapped = await store.addFirst([fresh('data'), fresh('index')]);
    }
    const dataKeys = new Map<number, Buffer>();
    let indexKey: Buffer | null = null;
    for (const key of wrapped) {
      const plain = unwrap(masterKey, key);
      if (key.purpose === 'index') indexKey = plain;
      else dataKeys.set(key.version, plain);
    }
    if (!indexKey || dataKeys.size === 0) throw new Error('the key table is incomplete');
    return new KeyRing(dataKeys, Math.max(...dataKeys.keys()), indexKey);
  }

  dataKey(version: number): Buffer {
    const key = this.dataKeys.get(version);
    if (!key) throw new Error(`data key ${version} is not known to this process`);
    return key;
  }
}

function unwrap(masterKey: Buffer, key: WrappedKey): Buffer {
  try {
    return open(masterKey, key.wrapped, context(key.purpose, key.version));
  } catch {
    throw new Error('wrong master key: MASTER_KEY is not the one this database was made with. Restore the old key.');
  }
}
