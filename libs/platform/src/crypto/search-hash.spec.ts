import { randomBytes } from 'node:crypto';
import { MemoryKeyStore } from '../testing/memory-key-store';
import { KeyRing } from './key-ring';
import { SearchHasher, searchWords } from './search-hash';

const hasherOf = async (master = randomBytes(32)) =>
  new SearchHasher(await KeyRing.unlock(master, new MemoryKeyStore()));

describe('searchWords', () => {
  it.each<[string, string, string[]]>([
    ['plain words', 'Rivera v. Stone', ['rivera', 'v', 'stone']],
    ['accents', 'José Núñez', ['jose', 'nunez']],
    ['composed and decomposed alike', 'Müller Mu\u0308ller', ['muller']],
    ['a number written in parts', '(312) 555-0148', ['312', '555', '0148', '3125550148']],
    ['an e-mail address', 'Anna.Lee@example.com', ['anna', 'lee', 'example', 'com', 'anna.lee@example.com']],
    ['nothing but signs', ' – !? ', []],
    ['nothing', '', []],
    ['other scripts', '山田 太郎', ['山田', '太郎']],
  ])('%s', (_name, text, expected) => {
    expect(searchWords(text)).toEqual(expect.arrayContaining(expected));
    expect(searchWords(text).length).toBe(expected.length);
  });
});

describe('a search hash', () => {
  it('is the same for the same firm, kind and value', async () => {
    const hasher = await hasherOf();
    expect(hasher.hash('frm_1', 'phone', '+13125550148')).toEqual(hasher.hash('frm_1', 'phone', '+13125550148'));
    expect(hasher.hash('frm_1', 'phone', '+13125550148')).toHaveLength(16);
  });

  it.each<[string, [string, string, string]]>([
    ['firm', ['frm_2', 'phone', '+13125550148']],
    ['kind', ['frm_1', 'word', '+13125550148']],
    ['value', ['frm_1', 'phone', '+13125550149']],
  ])('is another one for another %s', async (_name, [firm, kind, value]) => {
    const hasher = await hasherOf();
    expect(hasher.hash(firm, kind, value)).not.toEqual(hasher.hash('frm_1', 'phone', '+13125550148'));
  });

  it('does not run kind, firm and value together', async () => {
    const hasher = await hasherOf();
    expect(hasher.hash('b', 'a', 'c')).not.toEqual(hasher.hash('bc', 'a', ''));
    expect(hasher.hash('b', 'ab', 'c')).not.toEqual(hasher.hash('bb', 'a', 'c'));
  });

  it('is another one under another key, so that a thief of the table cannot try words', async () => {
    expect((await hasherOf()).hash('frm_1', 'word', 'rivera')).not.toEqual(
      (await hasherOf()).hash('frm_1', 'word', 'rivera'),
    );
  });

  it('stands once for each word of several texts, and for at most 400', async () => {
    const hasher = await hasherOf();
    expect(hasher.words('frm_1', ['Rivera', 'rivera stone', null, undefined, ''])).toHaveLength(2);
    const many = Array.from({ length: 900 }, (_, at) => `w${at}`).join(' ');
    expect(hasher.words('frm_1', [many])).toHaveLength(400);
  });
});
