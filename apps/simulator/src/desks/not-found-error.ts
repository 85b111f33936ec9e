/** The desk holds no record of this id. `details` may say where it is. */
export class NotFoundError extends Error {
  constructor(
    what: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`There is no such ${what} at this desk.`);
    this.name = 'NotFoundError';
  }
}
