import { closeSync, existsSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One change: table, key, and the new value (null takes the row away). */
export type JournalChange = readonly [table: string, key: string, value: unknown];

const CHUNK_BYTES = 1 << 20;
const MOST_CHANGES_IN_A_LINE = 5000;
const REWRITE_ABOVE_CHANGES = 100_000;
const REWRITE_ABOVE_RATIO = 3;
const NEWLINE = 0x0a;

/**
 * An append-only file of changes. One flush is one line, so a process that dies while writing leaves all of it or
 * nothing. What was flushed is in the operating system's hands: it survives a `kill -9` (not a power cut).
 */
export class Journal {
  private file: number | undefined;
  private buffer: string[] = [];
  private changes = 0;
  private sizeBytes = 0;
  private readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, 'state.ndjson');
  }

  /** Gives all changes in order; call once, before the first append. A line without its end is cut off. */
  read(take: (change: JournalChange) => void): void {
    if (!existsSync(this.path)) return;
    let line = 0;
    for (const text of this.wholeLines()) {
      line += 1;
      for (const change of this.parsed(text, line)) {
        this.changes += 1;
        take(change);
      }
    }
  }

  append(table: string, key: string, value: unknown): void {
    this.buffer.push(JSON.stringify([table, key, value]));
  }

  flush(): void {
    if (this.buffer.length === 0) return;
    const file = (this.file ??= openSync(this.path, 'a'));
    for (let from = 0; from < this.buffer.length; from += MOST_CHANGES_IN_A_LINE) {
      this.write(file, `[${this.buffer.slice(from, from + MOST_CHANGES_IN_A_LINE).join(',')}]\n`);
    }
    this.changes += this.buffer.length;
    this.buffer = [];
  }

  /** Most of the file is history. */
  shouldRewrite(liveRows: () => number): boolean {
    return this.changes > REWRITE_ABOVE_CHANGES && this.changes > REWRITE_ABOVE_RATIO * liveRows();
  }

  /** Replaces the file by these rows at one stroke. */
  rewrite(rows: Iterable<JournalChange>): void {
    this.close();
    const next = `${this.path}.next`;
    const file = openSync(next, 'w');
    this.changes = 0;
    this.sizeBytes = 0;
    let text = '';
    for (const row of rows) {
      text += `[${JSON.stringify(row)}]\n`;
      this.changes += 1;
      if (text.length < CHUNK_BYTES) continue;
      this.write(file, text);
      text = '';
    }
    this.write(file, text);
    closeSync(file);
    renameSync(next, this.path);
  }

  close(): void {
    this.flush();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private *wholeLines(): Generator<string> {
    const file = openSync(this.path, 'r+');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest: Buffer[] = [];
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0 && end < read; end = chunk.indexOf(NEWLINE, from)) {
        const last = chunk.subarray(from, end);
        const line = rest.length === 0 ? last : Buffer.concat([...rest, last]);
        rest = [];
        from = end + 1;
        this.sizeBytes += line.length + 1;
        yield line.toString('utf8');
      }
      if (from < read) rest.push(Buffer.from(chunk.subarray(from, read)));
    }
    ftruncateSync(file, this.sizeBytes);
    closeSync(file);
  }

  private parsed(text: string, line: number): readonly JournalChange[] {
    try {
      const value = JSON.parse(text) as readonly JournalChange[] | JournalChange;
      // Earlier versions wrote each change on a line of its own.
      return typeof value[0] === 'string' ? [value as JournalChange] : (value as readonly JournalChange[]);
    } catch {
      throw new Error(`line ${line} of ${this.path} is damaged. Move the folder away to start anew.`);
    }
  }

  /** A write that fails half-way (a full disk) is taken back, so that the next one does not end up in its middle. */
  private write(file: number, text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(file, bytes, written);
    } catch (error) {
      ftruncateSync(file, this.sizeBytes);
      throw error;
    }
    this.sizeBytes += bytes.length;
  }
}
