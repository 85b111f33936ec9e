import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_BYTES = 2 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('typeof gc === "function" ? gc : () => undefined') as (how: { type: 'minor' }) => void;

let passed = 0;

/**
 * To be told of every piece of a file that passes through. Pieces lie outside V8's heap, and V8 lets 64 MB of discarded ones gather
 * before it looks; files of any size are to pass in little memory. So each time that this much has passed, the young generation is
 * collected, which takes about a millisecond. Source: docs/adr/0011-large-files-in-little-memory.md
 */
export function noteBytesPassed(count: number): void {
  passed += count;
  if (passed < EVERY_BYTES) return;
  passed = 0;
  collect({ type: 'minor' });
}

/** Passes pieces on and tells of each. */
export async function* notingBytes(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    noteBytesPassed(piece.length);
    yield piece;
  }
}
