import { takeDataFolder } from './data-folder';
import { Journal, type JournalChange } from './journal';
import { Table } from './table';

/** In the journal this stands for a table's name where a whole prefix was cleared. */
const CLEARED = '';

/** All of the simulator's state as named tables of JSON rows; kept in memory, and in a journal when it has a folder. */
export class Database {
  private readonly tables = new Map<string, Table<unknown>>();
  private readonly journal: Journal | undefined;
  private readonly giveBack: () => void;

  /** @throws DataFolderError when the folder cannot be used. */
  constructor(folder: string | undefined) {
    this.giveBack = folder === undefined ? () => undefined : takeDataFolder(folder);
    this.journal = folder === undefined ? undefined : new Journal(folder);
    this.journal?.read((change) => this.restore(change));
    this.rewriteIfLong();
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
    this.rewriteIfLong();
  }

  close(): void {
    this.journal?.close();
    this.giveBack();
  }

  /** Empties every table whose name starts with the prefix, but not those whose last part is among `keep`. */
  clear(prefix: string, keep: ReadonlySet<string>): void {
    this.drop(prefix, keep);
    this.journal?.append(CLEARED, prefix, [...keep]);
  }

  /** Their owner is gone; whoever has the same name next starts with new tables. */
  forget(prefix: string): void {
    for (const name of this.tables.keys()) if (name.startsWith(prefix)) this.tables.delete(name);
  }

  private drop(prefix: string, keep: ReadonlySet<string>): void {
    for (const [name, table] of this.tables) {
      const last = name.slice(name.lastIndexOf('/') + 1);
      if (name.startsWith(prefix) && !keep.has(last)) table.drop();
    }
  }

  private restore([table, key, value]: JournalChange): void {
    if (table === CLEARED) this.drop(key, new Set(value as readonly string[]));
    else this.table(table).restore(key, value);
  }

  private rewriteIfLong(): void {
    if (this.journal?.shouldRewrite(() => this.size()) === true) this.journal.rewrite(this.all());
  }

  private size(): number {
    let rows = 0;
    for (const table of this.tables.values()) rows += table.size;
    return rows;
  }

  private *all(): Generator<JournalChange> {
    for (const [name, table] of this.tables) for (const [key, value] of table.entries()) yield [name, key, value];
  }
}
