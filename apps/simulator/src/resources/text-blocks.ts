interface Block<T> {
  readonly rows: Map<string, T>;
  /** By column: all texts of the block, each row on lines of its own, and where each row begins. */
  readonly joined: Map<string, Joined<T>>;
}

interface Joined<T> {
  readonly text: string;
  readonly rows: readonly T[];
  readonly starts: readonly number[];
}

const ROWS_IN_A_BLOCK = 2048;
const BETWEEN = '\n';

/**
 * Finds the rows that have a piece of text somewhere, among very many: texts lie joined in blocks, so that looking is one pass
 * of the machine's own search; a block is joined anew only after one of its rows changed.
 */
export class TextBlocks<T> {
  private readonly blockOf = new Map<string, Block<T>>();
  private readonly blocks = new Set<Block<T>>();
  private last: Block<T> | undefined;

  constructor(private readonly textsOf: (row: T, column: string) => readonly string[]) {}

  /** A row that is new, or another version of one, which keeps its place. */
  put(id: string, row: T): void {
    const block = this.blockOf.get(id) ?? this.openBlock();
    block.rows.set(id, row);
    block.joined.clear();
    this.blockOf.set(id, block);
  }

  delete(id: string): void {
    const block = this.blockOf.get(id);
    if (block === undefined) return;
    block.rows.delete(id);
    block.joined.clear();
    this.blockOf.delete(id);
    if (block.rows.size === 0 && block !== this.last) this.blocks.delete(block);
  }

  /** The rows that have the piece in one of their texts, in their order. The piece holds no line break and is not empty. */
  having(column: string, piece: string): T[] {
    const found: T[] = [];
    for (const block of this.blocks) {
      const { text, rows, starts } = this.joinedOf(block, column);
      for (let at = text.indexOf(piece); at >= 0;) {
        const place = placeAt(starts, at);
        const row = rows[place];
        if (row !== undefined) found.push(row);
        const next = starts[place + 1];
        at = next === undefined ? -1 : text.indexOf(piece, next);
      }
    }
    return found;
  }

  private openBlock(): Block<T> {
    if (this.last !== undefined && this.last.rows.size < ROWS_IN_A_BLOCK) return this.last;
    this.last = { rows: new Map(), joined: new Map() };
    this.blocks.add(this.last);
    return this.last;
  }

  private joinedOf(block: Block<T>, column: string): Joined<T> {
    const known = block.joined.get(column);
    if (known !== undefined) return known;
    const rows = [...block.rows.values()];
    const starts: number[] = [];
    let text = '';
    for (const row of rows) {
      starts.push(text.length);
      for (const one of this.textsOf(row, column)) text += one + BETWEEN;
    }
    const joined = { text, rows, starts };
    block.joined.set(column, joined);
    return joined;
  }
}

/** The last row that begins at or before a place: rows without any text begin where the next one does. */
function placeAt(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
