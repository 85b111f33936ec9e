import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One change: table, key, and the new value (null takes the row away). */
export type JournalLine = readonly [table: string, key: string, value: unknown];

const REWRITE_ABOVE_LINES = 200_000;

/**
 * An append-only file of changes. What `flush` has written is in the operating system's hands, so it survives a
 * `kill -9` of the process (not a power cut). A torn last line is ignored when reading.
 */
export class Journal {
  private file: number | undefined;
  private buffer: string[] = [];
  private lines = 0;
  private readonly path: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, 'state.ndjson');
  }

  /** All changes in order; call once, before the first append. */
  read(): JournalLine[] {
    const text = existsSync(this.path) ? readFileSync(this.path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const lines = whole.split('\n').filter((line) => line !== '');
    this.lines = lines.length;
    return lines.map((line) => JSON.parse(line) as JournalLine);
  }

  append(table: string, key: string, value: unknown): void {
    this.buffer.push(JSON.stringify([table, key, value]));
  }

  flush(): void {
    if (this.buffer.length === 0) return;
    this.file ??= openSync(this.path, 'a');
    writeAll(this.file, `${this.buffer.join('\n')}\n`);
    this.lines += this.buffer.length;
    this.buffer = [];
  }

  shouldRewrite(liveRows: number): boolean {
    return this.lines > REWRITE_ABOVE_LINES && this.lines > 4 * liveRows;
  }

  /** Replaces the file by these rows at one stroke. */
  rewrite(rows: Iterable<JournalLine>): void {
    this.close();
    const next = `${this.path}.next`;
    const file = openSync(next, 'w');
    let lines = 0;
    for (const row of rows) {
      writeAll(file, `${JSON.stringify(row)}\n`);
      lines += 1;
    }
    closeSync(file);
    renameSync(next, this.path);
    this.lines = lines;
  }

  close(): void {
    this.flush();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}
