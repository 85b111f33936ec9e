import type { Listing } from './listing';
import type { Table } from './table';

/** Called after each put: how long until lists show it; 0 shows it at once. A later `refresh` is the callee's task. */
export type LagLists = (id: string) => number;

/** One firm's records of one resource: exact reads by id, and lists that follow with a lag. */
export class Collection<T extends { readonly id: string }, L extends Listing<T> = Listing<T>> {
  constructor(
    private readonly table: Table<T>,
    readonly listing: L,
    private readonly lagLists: LagLists,
  ) {
    for (const row of table.values()) listing.show(row.id, row);
  }

  get size(): number {
    return this.table.size;
  }

  get(id: string): T | undefined {
    return this.table.get(id);
  }

  values(): IterableIterator<T> {
    return this.table.values();
  }

  put(row: T): T {
    this.table.put(row.id, row);
    if (this.lagLists(row.id) === 0) this.refresh(row.id);
    return row;
  }

  /** For changes by people and for seed data: lists show them at once. */
  putAtOnce(row: T): T {
    this.table.put(row.id, row);
    this.refresh(row.id);
    return row;
  }

  refresh(id: string): void {
    this.listing.show(id, this.table.get(id));
  }
}
