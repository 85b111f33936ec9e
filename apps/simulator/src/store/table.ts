/** What hears of every change of a table; secondary indexes are built on it. */
export type RowListener<T> = (key: string, now: T | undefined, before: T | undefined) => void;

/** A keyed set of immutable rows in insertion order. Rows must be plain JSON (no bigint, no Date). */
export class Table<T> {
  private readonly rows = new Map<string, T>();
  private readonly listeners: RowListener<T>[] = [];

  constructor(
    readonly name: string,
    private readonly record: (table: string, key: string, value: unknown) => void,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  get(key: string): T | undefined {
    return this.rows.get(key);
  }

  /** @throws for a row that is no JSON; the table is then as it was. */
  put(key: string, value: T): T {
    // First, because it throws for what cannot be written down; then memory and disk must not differ.
    this.record(this.name, key, value);
    this.change(key, value);
    return value;
  }

  delete(key: string): void {
    if (!this.rows.has(key)) return;
    this.change(key, undefined);
    this.record(this.name, key, null);
  }

  clear(): void {
    for (const key of [...this.rows.keys()]) this.delete(key);
  }

  /** Empties the table without a record of each row; the caller records it as a whole. */
  drop(): void {
    const gone = this.listeners.length === 0 ? [] : [...this.rows];
    this.rows.clear();
    for (const [key, before] of gone) for (const listener of this.listeners) listener(key, undefined, before);
  }

  values(): IterableIterator<T> {
    return this.rows.values();
  }

  entries(): IterableIterator<[string, T]> {
    return this.rows.entries();
  }

  /** Hears the rows that are already there, then every change. */
  listen(listener: RowListener<T>): void {
    for (const [key, value] of this.rows) listener(key, value, undefined);
    this.listeners.push(listener);
  }

  private change(key: string, value: T | undefined): void {
    const before = this.rows.get(key);
    if (value === undefined) this.rows.delete(key);
    else this.rows.set(key, value);
    for (const listener of this.listeners) listener(key, value, before);
  }

  /** A row read back from disk: stored without being written again. */
  restore(key: string, value: T | null): void {
    this.change(key, value ?? undefined);
  }
}
