/** One record in a list: its id, its version, and in lower case all that a search looks through. */
export interface RecentRow {
  readonly id: string;
  readonly version: string;
  readonly text: string;
}

/** What a search found, newest first: how many there are, and those that were asked for. */
export interface FoundRows {
  readonly total: number;
  readonly rows: readonly RecentRow[];
}

/**
 * The records of one list in the order of their last change. A change moves a record to the end without sorting anew, so that a page which
 * looks every second stays quick with hundreds of thousands of rows.
 */
export class RecentRows {
  private rows: (RecentRow | undefined)[];
  private readonly places = new Map<string, number>();

  /** `oldestFirst` is in order already. */
  constructor(oldestFirst: Iterable<RecentRow>) {
    this.rows = [...oldestFirst];
    this.number();
  }

  get size(): number {
    return this.places.size;
  }

  /** A new record, or a new version of a known one, is the newest; what only has another text stays in its place. */
  put(row: RecentRow): void {
    const place = this.places.get(row.id);
    if (place !== undefined && this.rows[place]?.version === row.version) {
      this.rows[place] = row;
      return;
    }
    if (place !== undefined) this.rows[place] = undefined;
    this.places.set(row.id, this.rows.length);
    this.rows.push(row);
    if (this.rows.length > 1000 && this.rows.length > 2 * this.places.size) this.compact();
  }

  /** Rows that hold every word and pass the test (where there is one); `from` and `count` cut the page out. */
  find(
    words: readonly string[],
    passes: ((id: string) => boolean) | undefined,
    from: number,
    count: number,
  ): FoundRows {
    const isAll = words.length === 0 && passes === undefined;
    const found: RecentRow[] = [];
    let total = 0;
    for (let place = this.rows.length - 1; place >= 0; place -= 1) {
      const row = this.rows[place];
      if (row === undefined || !words.every((word) => row.text.includes(word))) continue;
      if (passes !== undefined && !passes(row.id)) continue;
      if (total >= from && found.length < count) found.push(row);
      total += 1;
      if (isAll && found.length === count) break;
    }
    return { total: isAll ? this.size : total, rows: found };
  }

  private compact(): void {
    this.rows = this.rows.filter((row) => row !== undefined);
    this.number();
  }

  private number(): void {
    this.places.clear();
    this.rows.forEach((row, place) => row !== undefined && this.places.set(row.id, place));
  }
}
