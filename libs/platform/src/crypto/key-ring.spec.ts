import { randomBytes } from 'node:crypto';
import { MemoryKeyStore } from '../testing/memory-key-store';
import { FieldCipher } from './field-cipher';
import { KeyRing } from './key-ring';
import { seal, sealedKeyVersion } from './sealed-box';

const MASTER = randomBytes(32);
const PLACE = { firmId: 'frm_1', field: 'matters.picture_enc', rowId: 'mat_1' };

describe('the key ring', () => {
  it('makes its keys once and finds them again', async () => {
    const store = new MemoryKeyStore();
    const first = await KeyRing.unlock(MASTER, store);
    const second = await KeyRing.unlock(MASTER, store);
    expect(store.keys.map(({ purpose, version }) => [purpose, version])).toEqual([
      ['data', 1],
      ['index', 1],
    ]);
    expect(second.dataKey(1)).toEqual(first.dataKey(1));
    expect(second.indexKey).toEqual(first.indexKey);
    expect(first.indexKey).not.toEqual(first.dataKey(1));
  });

  it('stores the keys only wrapped', async () => {
    const store = new MemoryKeyStore();
    const ring = await KeyRing.unlock(MASTER, store);
    for (const { wrapped } of store.keys)
      for (const key of [MASTER, ring.dataKey(1), ring.indexKey]) expect(wrapped.includes(key)).toBe(false);
  });

  it('says which key is wrong and what to do when the master key is another', async () => {
    const store = new MemoryKeyStore();
    await KeyRing.unlock(MASTER, store);
    await expect(KeyRing.unlock(randomBytes(32), store)).rejects.toThrow(
      'wrong master key: MASTER_KEY is not the one this database was made with. Restore the old key.',
    );
  });

  it('does not take a key that was moved to another purpose or version', async () => {
    const store = new MemoryKeyStore();
    await KeyRing.unlock(MASTER, store);
    const [data, index] = store.keys;
    if (!data || !index) throw new Error('no keys');
    const swapped = new MemoryKeyStore([
      { ...data, wrapped: index.wrapped },
      { ...index, wrapped: data.wrapped },
    ]);
    await expect(KeyRing.unlock(MASTER, swapped)).rejects.toThrow('wrong master key');
    const renumbered = new MemoryKeyStore([{ ...data, version: 2 }, index]);
    await expect(KeyRing.unlock(MASTER, renumbered)).rejects.toThrow('wrong master key');
  });

  it.each(['data', 'index'] as const)('says that the table is incomplete without a %s key', async (missing) => {
    const store = new MemoryKeyStore();
    await KeyRing.unlock(MASTER, store);
    const left = new MemoryKeyStore(store.keys.filter(({ purpose }) => purpose !== missing));
    await expect(KeyRing.unlock(MASTER, left)).rejects.toThrow('the key table is incomplete');
  });
});

describe('a field', () => {
  const twoKeys = async () => {
    const store = new MemoryKeyStore();
    const old = new FieldCipher(await KeyRing.unlock(MASTER, store));
    const wrapped = seal(MASTER, 0, randomBytes(32), 'data_keys/data/2');
    store.keys.push({ purpose: 'data', version: 2, wrapped });
    return { old, current: new FieldCipher(await KeyRing.unlock(MASTER, store)) };
  };

  it('is sealed with the newest key and still opens when it was sealed with an older one', async () => {
    const { old, current } = await twoKeys();
    const before = old.sealText(PLACE, 'Divorce');
    const after = current.sealText(PLACE, 'Divorce');
    expect([sealedKeyVersion(before), sealedKeyVersion(after)]).toEqual([1, 2]);
    expect([current.openText(PLACE, before), current.openText(PLACE, after)]).toEqual(['Divorce', 'Divorce']);
    expect(() => old.openText(PLACE, after)).toThrow('data key 2 is not known to this process');
  });

  it('keeps bytes, text outside ASCII and JSON as they are', async () => {
    const { current } = await twoKeys();
    const value = { name: 'Zoë “Z” Nuñez', tags: [], phone: null };
    expect(current.openJson(PLACE, current.sealJson(PLACE, value))).toEqual(value);
    const bytes = randomBytes(3);
    expect(current.openBytes(PLACE, current.sealBytes(PLACE, bytes))).toEqual(bytes);
  });

  it.each([
    ['firm', { ...PLACE, firmId: 'frm_2' }],
    ['row', { ...PLACE, rowId: 'mat_2' }],
    ['column', { ...PLACE, field: 'parties.party_enc' }],
  ])('does not open in another %s', async (_name, elsewhere) => {
    const { current } = await twoKeys();
    expect(() => current.openText(elsewhere, current.sealText(PLACE, 'Divorce'))).toThrow();
  });
});
