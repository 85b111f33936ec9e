import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WRITE_DELAY_MS = 50;
/** Only names that we made ourselves reach the disk, so a path can never be smuggled in. */
const SAFE_NAME = /^[A-Za-z0-9_-]+$/;

/**
 * What a desk keeps between two starts of the simulator: small JSON records and the bytes of uploads.
 * With a folder everything is written there (JSON 50 ms after the last change, bytes at once); without one it lives in memory.
 */
export class DeskStore {
  private readonly values = new Map<string, unknown>();
  private readonly bytes = new Map<string, Buffer>();
  private readonly dirty = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folder: string | undefined) {
    if (folder !== undefined) mkdirSync(join(folder, 'bytes'), { recursive: true });
  }

  /** The stored record, or undefined when there is none (or when its file is unreadable). */
  read(name: string): unknown {
    if (this.values.has(name)) return this.values.get(name);
    const text = this.fromDisk(`${safe(name)}.json`)?.toString('utf8');
    return text === undefined ? undefined : parsed(text);
  }

  write(name: string, value: unknown): void {
    this.values.set(safe(name), value);
    if (this.folder === undefined) return;
    this.dirty.add(name);
    this.timer ??= setTimeout(() => this.flush(), WRITE_DELAY_MS).unref();
  }

  readBytes(id: string): Buffer | undefined {
    return this.bytes.get(id) ?? this.fromDisk(join('bytes', safe(id)));
  }

  writeBytes(id: string, content: Buffer): void {
    if (this.folder === undefined) this.bytes.set(safe(id), content);
    else this.toDisk(join('bytes', safe(id)), content);
  }

  /** Writes what is still waiting; called when the simulator stops. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const name of this.dirty) this.toDisk(`${name}.json`, Buffer.from(JSON.stringify(this.values.get(name))));
    this.dirty.clear();
  }

  private fromDisk(path: string): Buffer | undefined {
    if (this.folder === undefined) return undefined;
    try {
      return readFileSync(join(this.folder, path));
    } catch {
      return undefined;
    }
  }

  /** Written beside and renamed, so that a kill in mid-write leaves the old record and not half of the new one. */
  private toDisk(path: string, content: Buffer): void {
    if (this.folder === undefined) return;
    const target = join(this.folder, path);
    writeFileSync(`${target}.new`, content, { mode: 0o600 });
    renameSync(`${target}.new`, target);
  }
}

function safe(name: string): string {
  if (!SAFE_NAME.test(name)) throw new Error('A stored record needs a plain name.');
  return name;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
