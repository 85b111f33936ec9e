/** A body from the network; where it breaks off, `brokeOff` says what that means here. */
export async function* guardedBody(body: AsyncIterable<Buffer>, brokeOff: () => Error): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch {
    throw brokeOff();
  }
}
