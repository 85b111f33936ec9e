import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from './problem.mjs';

const KEY_BYTES = 32;

/**
 * The key that encrypts client data in the embedded database: made once, mode 0600, never made anew for a database that exists
 * (what was written under the lost key could not be read again).
 * @param {string} dataDir
 * @returns {{ masterKey: string, made: string | null }} `made`: the file's path when it was made just now
 */
export function keepMasterKey(dataDir) {
  const file = path.join(dataDir, 'master.key');
  if (existsSync(file)) return { masterKey: readFileSync(file, 'utf8').trim(), made: null };
  if (existsSync(path.join(dataDir, 'postgres', 'cluster'))) {
    throw new Problem(
      `${file} is missing, and without it the database beside it cannot be read.`,
      `Put the file back or set MASTER_KEY; or remove ${dataDir} to start afresh.`,
    );
  }
  const masterKey = randomBytes(KEY_BYTES).toString('base64');
  // Fails rather than overwrites when another process has just made it.
  writeFileSync(file, `${masterKey}\n`, { mode: 0o600, flag: 'wx' });
  return { masterKey, made: file };
}
