import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface TempFolder {
  readonly dir: string;
  remove(): void;
}

/** A folder outside the checkout. Others may pass through it: as root, the database runs under another account. */
export function tempFolder(name: string): TempFolder {
  const dir = mkdtempSync(path.join(os.tmpdir(), `matterline-e2e-${name}-`));
  chmodSync(dir, 0o711);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) };
}
