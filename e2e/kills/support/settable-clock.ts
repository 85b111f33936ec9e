import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { evaluate } from '../../../scripts/testing/evaluate';

/** How often the programs look at the file, and a little more. */
const SEEN_WITHIN_MS = 1_500;

/**
 * The clock on the wall of a machine, as an administrator or a time server sets it: programs that are started with this environment
 * see it move while they run (Debian's `faketime`). The steady clock, which nobody can set, stays as it is.
 */
export class SettableClock {
  readonly env: Readonly<Record<string, string>>;
  private readonly file: string;

  constructor(folder: string) {
    this.file = path.join(folder, 'clock');
    this.write(0);
    this.env = {
      LD_PRELOAD: library(),
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** @param seconds ahead of the real time, negative when behind */
  async set(seconds: number): Promise<void> {
    this.write(seconds);
    await pause(SEEN_WITHIN_MS);
  }

  private write(seconds: number): void {
    writeFileSync(this.file, `${seconds < 0 ? '' : '+'}${seconds}`, { mode: 0o644 });
  }
}

function library(): string {
  const { value } = evaluate(`return (await load('testing/tools.mjs')).TOOLS.faketime.find();`);
  if (typeof value !== 'string') throw new Error('faketime is not installed');
  return value;
}
