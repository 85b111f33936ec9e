/** What lists and searches see; it may lag behind what a read by id sees. */
export interface Listing<T> {
  /** `undefined` takes the row out. */
  show(id: string, row: T | undefined): void;
  values(): Iterable<T>;
}

/** A listing without any index of its own. */
export class PlainListing<T> implements Listing<T> {
  private readonly rows = new Map<string, T>();

  show(id: string, row: T | undefined): void {
    if (row === undefined) this.rows.delete(id);
    else this.rows.set(id, row);
  }

  values(): Iterable<T> {
    return this.rows.values();
  }
}
