import { randomBytes } from 'node:crypto';
import { open, seal, sealedKeyVersion } from './sealed-box';

const KEY = randomBytes(32);
const PLAIN = Buffer.from('Anna Müller, +1 312 555 0148');
const CONTEXT = 'parties.party_enc/frm_1/cli_1';

/** A copy with one bit turned over. */
function flipped(sealed: Buffer, at: number): Buffer {
  const copy = Buffer.from(sealed);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

describe('a sealed value', () => {
  const sealed = seal(KEY, 7, PLAIN, CONTEXT);

  it('opens with the key and the context it was sealed with', () => {
    expect(open(KEY, sealed, CONTEXT)).toEqual(PLAIN);
  });

  it('opens when it is empty, or a megabyte', () => {
    for (const plain of [Buffer.alloc(0), randomBytes(1024 * 1024)])
      expect(open(KEY, seal(KEY, 1, plain, CONTEXT), CONTEXT)).toEqual(plain);
  });

  it('names its key version in the header and shows nothing of its content', () => {
    expect(sealedKeyVersion(sealed)).toBe(7);
    expect(sealed.subarray(0, 5)).toEqual(Buffer.from([1, 0, 0, 0, 7]));
    expect(sealed).toHaveLength(PLAIN.length + 33);
    expect(sealed.includes(PLAIN.subarray(0, 4))).toBe(false);
  });

  it('never looks the same twice', () => {
    expect(seal(KEY, 7, PLAIN, CONTEXT)).not.toEqual(sealed);
  });

  const tampered: readonly [string, Buffer, Buffer, string][] = [
    ['the format', KEY, flipped(sealed, 0), CONTEXT],
    ['the key version, first byte', KEY, flipped(sealed, 1), CONTEXT],
    ['the key version, last byte', KEY, flipped(sealed, 4), CONTEXT],
    ['the nonce', KEY, flipped(sealed, 5), CONTEXT],
    ['the tag, first byte', KEY, flipped(sealed, 17), CONTEXT],
    ['the tag, last byte', KEY, flipped(sealed, 32), CONTEXT],
    ['the body, first byte', KEY, flipped(sealed, 33), CONTEXT],
    ['the body, last byte', KEY, flipped(sealed, sealed.length - 1), CONTEXT],
    ['its end, cut off', KEY, sealed.subarray(0, -1), CONTEXT],
    ['its body, taken away', KEY, sealed.subarray(0, 33), CONTEXT],
    ['half its tag, taken away', KEY, sealed.subarray(0, 25), CONTEXT],
    ['its end, added to', KEY, Buffer.concat([sealed, Buffer.from([0])]), CONTEXT],
    ['the context, another row', KEY, sealed, 'parties.party_enc/frm_1/cli_2'],
    ['the context, another firm', KEY, sealed, 'parties.party_enc/frm_2/cli_1'],
    ['the context, another column', KEY, sealed, 'matters.picture_enc/frm_1/cli_1'],
    ['the context, taken away', KEY, sealed, ''],
    ['the key', randomBytes(32), sealed, CONTEXT],
    ['everything', KEY, Buffer.alloc(sealed.length), CONTEXT],
  ];
  it.each(tampered)('does not open when somebody has changed %s', (_name, key, value, context) => {
    expect(() => open(key, value, context)).toThrow();
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['too short', sealed.subarray(0, 32)],
    ['of another format', flipped(sealed, 0)],
  ])('has no key version when it is %s', (_name, value) => {
    expect(() => sealedKeyVersion(value)).toThrow('not a sealed value');
  });
});
