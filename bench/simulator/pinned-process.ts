import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../..');
const BEFORE = ['config/testing/swc-register.cjs', 'config/testing/end-with-parent.cjs'];
const HAS_TASKSET = spawnSync('taskset', ['-p', `${process.pid}`]).status === 0;

/** Whether the measured process really has one core, and the load another. */
export const IS_PINNED = HAS_TASKSET && cpus().length > 1;

/** Takes this process (the load) off core 0, which is the measured one's. */
export function leaveTheFirstCore(): void {
  if (IS_PINNED) spawnSync('taskset', ['-ap', '-c', `1-${cpus().length - 1}`, `${process.pid}`]);
}

/** A program from its source, in a process of its own on core 0; it says `{"ready":true,"port":N}` when it listens. */
export class PinnedProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly startMs: number,
  ) {}

  static async start(
    source: string,
    env: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ): Promise<PinnedProcess> {
    const startedMs = performance.now();
    const node = [process.execPath, ...flags, ...BEFORE.flatMap((file) => ['-r', resolve(ROOT, file)]), source];
    const [command = '', ...args] = IS_PINNED ? ['taskset', '-c', '0', ...node] : node;
    const options = { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] as const };
    const child = spawn(command, args, { ...options, stdio: [...options.stdio] });
    for await (const line of createInterface(child.stdout)) {
      const { ready, port } = JSON.parse(line) as { readonly ready: boolean; readonly port: number };
      if (!ready) continue;
      // 127.0.0.1: "localhost" would cost every connection a look-up.
      return new PinnedProcess(child, `http://127.0.0.1:${port}`, performance.now() - startedMs);
    }
    throw new Error(`${source} did not start`);
  }

  /** Megabytes of memory: held now, and at most so far. Undefined where there is no /proc. */
  memoryMb(): { readonly now: number; readonly peak: number } | undefined {
    try {
      const status = readFileSync(`/proc/${this.child.pid ?? 0}/status`, 'utf8');
      const mb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
      return { now: mb('VmRSS'), peak: mb('VmHWM') };
    } catch {
      return undefined;
    }
  }

  /** Processor time used so far, in milliseconds; it does not grow while others have the core. Undefined without /proc. */
  cpuMs(): number | undefined {
    try {
      const stat = readFileSync(`/proc/${this.child.pid ?? 0}/stat`, 'utf8');
      // After the name in parentheses: 11 words, then time as itself and time in the kernel, in hundredths of a second.
      const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(words[11]) + Number(words[12])) * 10;
    } catch {
      return undefined;
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}
