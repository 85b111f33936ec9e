import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BytesDiffer, provenBytes } from './proven-bytes';

const PIECES = ['one', 'two', 'three'].map((text) => Buffer.from(text));
const sha256 = (pieces: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(pieces)).digest('hex');

async function passed(pieces: readonly Buffer[], hash: string): Promise<{ text: string; error: unknown }> {
  let text = '';
  try {
    for await (const piece of provenBytes(Readable.from(pieces), hash)) text += piece.toString();
    return { text, error: null };
  } catch (error) {
    return { text, error };
  }
}

describe('bytes that leave', () => {
  it.each([
    ['nothing', []],
    ['one piece', PIECES.slice(0, 1)],
    ['several', PIECES],
  ])('pass when they are those that came in: %s', async (_name, pieces) => {
    expect(await passed(pieces, sha256(pieces))).toEqual({ text: Buffer.concat(pieces).toString(), error: null });
  });

  it.each([
    ['the last piece is gone', PIECES.slice(0, 2)],
    ['one in the middle is gone', [PIECES[0], PIECES[2]] as Buffer[]],
    ['they are in another order', [...PIECES].reverse()],
    ['all are gone', []],
  ])('are never complete when %s', async (_name, pieces) => {
    const { text, error } = await passed(pieces, sha256(PIECES));
    expect(error).toBeInstanceOf(BytesDiffer);
    expect(text.length).toBeLessThan(Math.max(1, Buffer.concat(pieces).length));
  });
});
