/** The desk holds no record of this id. */
export class NotFoundError extends Error {
  constructor(what: string) {
    super(`There is no such ${what} at this desk.`);
    this.name = 'NotFoundError';
  }
}
