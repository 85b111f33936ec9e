import { createHash } from 'node:crypto';

/** What is about to leave is not what came in. */
export class BytesDiffer extends Error {}

/**
 * Passes the pieces on, the last one only when all of them together have the hash that was written down when they came in: so no file
 * that differs is ever completed on the other side.
 * @throws BytesDiffer in place of the last piece
 */
export async function* provenBytes(pieces: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let last: Buffer | undefined;
  for await (const piece of pieces) {
    if (last) yield last;
    hash.update(piece);
    last = piece;
  }
  if (hash.digest('hex') !== sha256)
    throw new BytesDiffer('the stored bytes do not have the hash of those that came in');
  if (last) yield last;
}
