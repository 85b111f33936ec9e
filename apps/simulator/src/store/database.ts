import { Journal, type JournalLine } from './journal';
import { Table } from './table';

/** All of the simulator's state as named tables of JSON rows; kept in memory, and in a journal when it has a folder. */
export class Database {
  private readonly tables = new Map<string, Table<unknown>>();
  private readonly journal: Journal | undefined;

  constructor(folder: string | undefined) {
    this.journal = folder === undefined ? undefined : new Journal(folder);
    for (const [table, key, value] of this.journal?.read() ?? []) this.table(table).restore(key, value);
    if (this.journal?.shouldRewrite(this.size()) === true) this.journal.rewrite(this.all());
  }

  /** The caller names the row type; a table is only ever used with one. */
  table<T>(name: string): Table<T> {
    const found = this.tables.get(name);
    if (found !== undefined) return found as Table<T>;
    const made = new Table<T>(name, (table, key, value) => this.journal?.append(table, key, value));
    this.tables.set(name, made as Table<unknown>);
    return made;
  }

  /** Makes everything done so far survive the process; called before each answer leaves. */
  flush(): void {
    this.journal?.flush();
  }

  close(): void {
    this.journal?.close();
  }

  /** Empties every table whose name starts with the prefix, but not those whose last part is among `keep`. */
  clear(prefix: string, keep: ReadonlySet<string>): void {
    for (const [name, table] of this.tables) {
      const last = name.slice(name.lastIndexOf('/') + 1);
      if (name.startsWith(prefix) && !keep.has(last)) table.clear();
    }
    this.journal?.rewrite(this.all());
  }

  private size(): number {
    return [...this.tables.values()].reduce((sum, table) => sum + table.size, 0);
  }

  private *all(): Generator<JournalLine> {
    for (const [name, table] of this.tables) for (const [key, value] of table.entries()) yield [name, key, value];
  }
}
