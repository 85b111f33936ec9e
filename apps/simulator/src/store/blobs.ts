import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes by their SHA-256: in memory, or in `{folder}/blobs` when there is a folder. */
export class Blobs {
  private readonly memory = new Map<string, Buffer>();
  private readonly folder: string | undefined;

  constructor(dataFolder: string | undefined) {
    this.folder = dataFolder === undefined ? undefined : join(dataFolder, 'blobs');
    if (this.folder !== undefined) mkdirSync(this.folder, { recursive: true });
  }

  /** Answers the SHA-256 in lower-case hex. */
  put(bytes: Buffer): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (this.folder === undefined) {
      this.memory.set(sha256, Buffer.from(bytes));
      return sha256;
    }
    const path = join(this.folder, sha256);
    if (existsSync(path)) return sha256;
    writeFileSync(`${path}.next`, bytes);
    renameSync(`${path}.next`, path);
    return sha256;
  }

  clear(): void {
    this.memory.clear();
    if (this.folder === undefined) return;
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
  }

  get(sha256: string): Buffer | undefined {
    if (this.folder === undefined) return this.memory.get(sha256);
    const path = join(this.folder, sha256);
    return existsSync(path) ? readFileSync(path) : undefined;
  }
}
