import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Linux gives each start of a machine an id, the same in all of its containers (proc(5)). */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

let known: string | null = null;

/** Names this running of this machine; where the system does not, this process. Two that are equal share one steady clock. */
export function machineBoot(): string {
  known ??= readBootId() ?? randomUUID();
  return known;
}

function readBootId(): string | null {
  try {
    return readFileSync(BOOT_ID, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
