/** The run cannot go on. The message is one line that ends with the remedy. */
export class ProbeFailure extends Error {}

/** Somebody pressed Ctrl-C. */
export class Interrupted extends Error {}

/** One question could not be asked to its end; the others can. */
export class QuestionFailure extends Error {
  constructor(
    readonly reason: string,
    readonly next: string,
  ) {
    super(reason);
  }
}
