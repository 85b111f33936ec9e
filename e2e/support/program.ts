import { type ChildProcess, spawn } from 'node:child_process';
import { waitFor } from './wait-for';

const GRACE_MS = 15_000;
const living = new Set<Program>();
process.once('exit', () => living.forEach((program) => program.signal('SIGKILL')));

export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** In a process group of its own, as a terminal gives each command: a signal then reaches all of the group. */
  readonly ownGroup?: boolean;
}

/** A program that a test started: what it printed, and its end. Whatever is forgotten ends with Jest. */
export class Program {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  constructor(private readonly options: ProgramOptions) {
    const { command, args, cwd, env, ownGroup = false } = options;
    this.child = spawn(command, [...args], { cwd, env, detached: ownGroup, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.ended = new Promise((resolve) => {
      this.child.once('error', () => resolve(null));
      this.child.once('close', (code) => resolve(code));
    });
    living.add(this);
    void this.ended.then(() => living.delete(this));
  }

  get pid(): number {
    const { pid } = this.child;
    if (pid === undefined) throw new Error(`${this.options.command} did not start`);
    return pid;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    if (!this.isRunning || this.child.pid === undefined) return;
    try {
      process.kill(this.options.ownGroup ? -this.child.pid : this.child.pid, name);
    } catch {
      // It ended in this very moment.
    }
  }

  /** Waits for the end that something else causes. */
  async untilEnded(limitMs: number): Promise<number | null> {
    let code: { value: number | null } | undefined;
    void this.ended.then((value) => (code = { value }));
    return (await waitFor(`the end of ${this.options.args.join(' ')}`, () => code, { limitMs, everyMs: 20 })).value;
  }

  /** Asks it to end, and after a while does not ask any more. */
  async stop(name: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(name);
    return await this.untilEnded(GRACE_MS).catch(async () => {
      this.signal('SIGKILL');
      return await this.untilEnded(GRACE_MS);
    });
  }
}
