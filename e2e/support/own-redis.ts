import { evaluate } from '../../scripts/testing/evaluate';
import { freePort } from './free-port';
import { isListening } from './is-alive';
import { Program } from './program';
import { waitFor } from './wait-for';

/** A separate Redis, append-only file on, which a test may stop and start again at the same address. */
export class OwnRedis {
  private server: Program | null = null;

  private constructor(
    private readonly command: string,
    private readonly dir: string,
    private readonly port: number,
  ) {}

  static async create(dir: string): Promise<OwnRedis> {
    const { value } = evaluate(`return (await load('testing/tools.mjs')).TOOLS.redis.find();`);
    if (typeof value !== 'string') throw new Error('no Redis server on this machine');
    return new OwnRedis(value, dir, await freePort());
  }

  async start(): Promise<string> {
    const { command, dir, port } = this;
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes', '--save', ''];
    this.server = new Program({ command, args, cwd: dir, env: process.env as Record<string, string> });
    await waitFor('Redis', () => isListening(port));
    return `redis://127.0.0.1:${port}/0`;
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}
