import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { evaluate } from '../../scripts/testing/evaluate';
import { freePort } from './free-port';
import { Program } from './program';
import { PROJECT_DIR } from './project-dir';
import { waitFor } from './wait-for';

/** Keeps the server as long as the program runs. */
const SERVER = `
  const { startPostgres } = await import('./scripts/postgres.mjs');
  const [dataDir, binDir] = process.argv.slice(1);
  const server = await startPostgres({ dataDir, binDir });
  console.log('ready ' + server.url);
  process.on('SIGTERM', () => server.release().then(() => process.exit(0)));
  setInterval(() => undefined, 1 << 30);`;

/**
 * A separate PostgreSQL of the oldest version that we promise, which a test may stop and start again. The server takes another port
 * each time, so a door in front of it keeps the address; while the server is stopped, the door is shut.
 */
export class OwnPostgres {
  private program: Program | null = null;
  private door: Server | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly dataDir: string,
    private readonly binDir: string,
    private readonly port: number,
  ) {}

  static async create(dataDir: string): Promise<OwnPostgres> {
    const { value } = evaluate(`return (await load('testing/tools.mjs')).TOOLS.postgres.find();`);
    if (typeof value !== 'string') throw new Error('no PostgreSQL server on this machine');
    return new OwnPostgres(dataDir, value, await freePort());
  }

  /** @returns the superuser's address, the same each time */
  async start(): Promise<string> {
    const args = ['--input-type=module', '-e', SERVER, this.dataDir, this.binDir];
    const env = process.env as Record<string, string>;
    const program = new Program({ command: process.execPath, args, cwd: PROJECT_DIR, env });
    this.program = program;
    const url = await waitFor('PostgreSQL', () => {
      if (!program.isRunning) throw new Error(program.output);
      return /^ready (\S+)$/m.exec(program.output)?.[1];
    });
    const address = new URL(url);
    await this.open(Number(address.port));
    address.port = String(this.port);
    return address.href;
  }

  async stop(): Promise<void> {
    this.door?.close();
    await this.program?.stop();
    for (const socket of this.sockets) socket.destroy();
    this.door = this.program = null;
  }

  private async open(target: number): Promise<void> {
    this.door = createServer((client) => {
      const server = connect(target, '127.0.0.1');
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        // prettier-ignore
        this.sockets.add(one);
        one.on('error', () => other.destroy()).on('close', () => this.sockets.delete(one) && other.destroy());
        one.pipe(other);
      }
    }).listen(this.port, '127.0.0.1');
    await once(this.door, 'listening');
  }
}
