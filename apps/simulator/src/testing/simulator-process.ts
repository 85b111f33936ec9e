import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OPENAPI_AT_HAND } from './official-openapi';

const ROOT = resolve(__dirname, '../../../..');
const BEFORE = ['config/testing/swc-register.cjs', 'config/testing/end-with-parent.cjs'];

export interface ProcessOptions {
  readonly dataFolder?: string;
  readonly seed?: number;
  /** More environment variables, for example `SIMULATOR_OFF`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The simulator as a process of its own, started from the sources with the one command that its README names. */
export class SimulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** @throws with what the process said when it does not start. */
  static async start(options: ProcessOptions = {}): Promise<SimulatorProcess> {
    const env = {
      ...process.env,
      SIMULATOR_PORT: '0',
      SIMULATOR_HOST: '127.0.0.1',
      SIMULATOR_DATA: options.dataFolder ?? '',
      SIMULATOR_SEED: `${options.seed ?? 1}`,
      SMOKEBALL_OPENAPI: OPENAPI_AT_HAND ?? '',
      ...options.env,
    };
    const args = [...BEFORE.flatMap((file) => ['-r', resolve(ROOT, file)]), 'apps/simulator/src/main.ts'];
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    for await (const line of createInterface(child.stdout)) {
      const { ready, port } = JSON.parse(line) as { readonly ready: boolean; readonly port: number };
      if (ready) return new SimulatorProcess(child, port);
    }
    throw new Error(`The simulator did not start: ${said.join('')}`);
  }

  /** Ends the process and waits until it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}
