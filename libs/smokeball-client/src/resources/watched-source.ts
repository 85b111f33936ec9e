import { Readable } from 'node:stream';

/** Set when the caller's own stream failed, as opposed to the network. */
export interface SourceFailure {
  has: boolean;
  error?: unknown;
}

/** The bytes to send, with a note of whether their source broke: undici reports both kinds of failure alike. */
export function watchedSource(bytes: Readable | Uint8Array): {
  readonly body: Readable | Uint8Array;
  readonly failure: SourceFailure;
} {
  const failure: SourceFailure = { has: false };
  if (!(bytes instanceof Readable)) return { body: bytes, failure };
  return { body: Readable.from(watch(bytes, failure), { objectMode: false }), failure };
}

async function* watch(source: AsyncIterable<unknown>, failure: SourceFailure): AsyncGenerator<unknown> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextOf(iterator, failure);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function nextOf(iterator: AsyncIterator<unknown>, failure: SourceFailure): Promise<IteratorResult<unknown>> {
  try {
    return await iterator.next();
  } catch (error) {
    failure.has = true;
    failure.error = error;
    throw error;
  }
}
