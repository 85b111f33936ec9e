import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatorProcess } from '../testing/simulator-process';
import { DataFolderError, takeDataFolder } from './data-folder';

describe('the data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sim-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made when it is not there, and given back', () => {
    const deeper = join(folder, 'a', 'b');
    const giveBack = takeDataFolder(deeper);
    expect(existsSync(join(deeper, 'lock'))).toBe(true);
    giveBack();
    expect(existsSync(join(deeper, 'lock'))).toBe(false);
  });

  it('is not taken from a living process, and is taken from a dead one', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
    const gone = once(other, 'exit');
    const stat = readFileSync(`/proc/${other.pid ?? 0}/stat`, 'utf8');
    const begin = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(join(folder, 'lock'), `${other.pid} ${begin}\n`);
    expect(() => takeDataFolder(folder)).toThrow(
      `Another simulator (process ${other.pid}) already keeps its data in ${folder}.`,
    );
    other.kill('SIGKILL');
    await gone;
    expect(takeDataFolder(folder)).toBeInstanceOf(Function);
  });

  it.each([
    ['another process that got the same number later', `${process.ppid} 1\n`],
    ['half a mark', `${process.ppid}`],
    ['no mark at all', ''],
  ])('is taken over from %s', (_name, mark) => {
    writeFileSync(join(folder, 'lock'), mark);
    expect(takeDataFolder(folder)).toBeInstanceOf(Function);
  });

  it('that cannot be written is told in words', () => {
    const inAFile = join(folder, 'file');
    writeFileSync(inAFile, '');
    expect(() => takeDataFolder(join(inAFile, 'data'))).toThrow(DataFolderError);
    expect(() => takeDataFolder(join(inAFile, 'data'))).toThrow(/cannot be written: .*ENOTDIR/);
  });
});

describe('a simulator that cannot start says why in one line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sim-start-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const failure = async (options: Parameters<typeof SimulatorProcess.start>[0]): Promise<string> => {
    const outcome = await SimulatorProcess.start(options).catch((error: Error) => error.message);
    return typeof outcome === 'string' ? outcome : 'it started';
  };
  const line = (reason: string) => `The simulator did not start: The simulator could not start: ${reason}\n`;

  it('a folder in use', async () => {
    const first = await SimulatorProcess.start({ dataFolder: folder });
    const said = await failure({ dataFolder: folder });
    await first.end();
    expect(said).toMatch(/^[^\n]*: Another simulator \(process \d+\) already keeps its data in [^\n]*\n$/);
    const again = await SimulatorProcess.start({ dataFolder: folder });
    await again.end();
  }, 30_000);

  it('a folder that cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await failure({ dataFolder: join(file, 'x') })).toMatch(/^[^\n]*cannot be written: ENOTDIR[^\n]*\n$/);
  });

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const said = await failure({ env: { SIMULATOR_PORT: `${port}` } });
    server.close();
    expect(said).toBe(line(`port ${port} is in use. Set SIMULATOR_PORT to another one.`));
  });
});
