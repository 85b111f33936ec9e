import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { evaluate } from './testing/evaluate';

const ROOT = resolve(__dirname, '..');

interface Started {
  readonly url: string;
  readonly pid: number;
  readonly adopted: boolean;
}

/** Each test starts servers and processes; on a busy machine that takes its time. */
const LIMIT_MS = 60_000;
jest.setTimeout(LIMIT_MS);

/** A process that uses the server until it is told to leave or is killed. */
class User {
  static readonly living = new Set<User>();

  private constructor(
    private readonly child: ChildProcess,
    readonly server: Started,
  ) {}

  static async enter(dataDir: string): Promise<User> {
    const code = `
      const { startPostgres } = await import(${JSON.stringify(`file://${ROOT}/scripts/postgres.mjs`)});
      const { url, pid, adopted, release } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(JSON.stringify({ url, pid, adopted }));
      process.stdin.once('end', async () => { await release(); process.exit(); }).resume();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done) =>
      child.stdout.once('data', (data: Buffer) => done(data.toString())),
    );
    const user = new User(child, JSON.parse(line) as Started);
    User.living.add(user);
    return user;
  }

  leave(): Promise<void> {
    return this.ended(() => this.child.stdin?.end());
  }

  kill(): Promise<void> {
    return this.ended(() => this.child.kill('SIGKILL'));
  }

  private ended(act: () => unknown): Promise<void> {
    const ended = new Promise<void>((done) => this.child.once('exit', () => done()));
    User.living.delete(this);
    act();
    return ended;
  }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const runs = (pid: number) => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

describe('startPostgres', () => {
  let dir: string;
  beforeEach(() => (dir = join(mkdtempSync(join(tmpdir(), 'matterline-pg-')), 'postgres')));
  afterEach(async () => {
    // Of a failed test only: the others have seen theirs off.
    for (const user of User.living) await user.leave();
    rmSync(resolve(dir, '..'), { recursive: true, force: true });
  });

  it('keeps the data between starts, the password to itself, and listens on this machine only', async () => {
    const first = await User.enter(dir);
    await query(first.server.url, 'create table kept as select 42 as n');
    const [shown] = await query(
      first.server.url,
      `select current_setting('listen_addresses') as at, current_setting('unix_socket_directories') as socket`,
    );
    expect(shown).toEqual({ at: '127.0.0.1', socket: '' });
    await first.leave();
    expect(runs(first.server.pid)).toBe(false);
    expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'cluster')).mode & 0o777).toBe(0o700);
    const second = await User.enter(dir);
    expect(await query(second.server.url, 'select n from kept')).toEqual([{ n: 42 }]);
    await second.leave();
  });

  it('is shared by its users, and the last one out stops it', async () => {
    const [a, b] = await Promise.all([User.enter(dir), User.enter(dir)]);
    expect(a.server.url).toBe(b.server.url);
    expect([a.server.adopted, b.server.adopted].sort()).toEqual([false, true]);
    await a.leave();
    expect(await query(b.server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await b.leave();
    expect(runs(b.server.pid)).toBe(false);
  });

  it('is adopted after its user was killed, and the dead user is not waited for', async () => {
    const killed = await User.enter(dir);
    await killed.kill();
    expect(runs(killed.server.pid)).toBe(true);
    const next = await User.enter(dir);
    expect(next.server).toEqual({ ...killed.server, adopted: true });
    await next.leave();
    expect(runs(next.server.pid)).toBe(false);
  });

  it('recovers what was committed when the server itself is killed', async () => {
    const user = await User.enter(dir);
    await query(user.server.url, 'create table kept as select 42 as n');
    process.kill(user.server.pid, 'SIGKILL');
    const next = await User.enter(dir);
    expect(next.server.pid).not.toBe(user.server.pid);
    expect(await query(next.server.url, 'select n from kept')).toEqual([{ n: 42 }]);
    await next.leave();
    await user.leave();
    expect(runs(next.server.pid)).toBe(false);
  });

  it('takes no notice of what a crash left behind: a lock, a half-made cluster, a pid file of another program', async () => {
    mkdirSync(join(dir, 'cluster.new'), { recursive: true });
    writeFileSync(join(dir, 'cluster.new', 'PG_VERSION'), '18');
    writeFileSync(join(dir, 'lock'), '999999999 1');
    await (await User.enter(dir)).leave();
    writeFileSync(join(dir, 'cluster', 'postmaster.pid'), `${process.pid}\n/elsewhere\n1\n5432\n`);
    const user = await User.enter(dir);
    expect(user.server.adopted).toBe(false);
    await user.leave();
  });

  it('works below a folder that only its owner may enter', async () => {
    const hidden = join(dir, '..', 'private');
    mkdirSync(hidden, { mode: 0o700 });
    const user = await User.enter(join(hidden, 'postgres'));
    expect(await query(user.server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await user.leave();
  });

  it('says in one line what is wrong', async () => {
    await (await User.enter(dir)).leave();
    const start = `const { startPostgres } = await load('postgres.mjs'); await startPostgres({ dataDir: input }); return 'started';`;
    appendFileSync(join(dir, 'cluster', 'postgresql.conf'), '\nmax_connections = many\n');
    expect(evaluate(start, dir).error).toMatchObject({
      isProblem: true,
      message: expect.stringMatching(/^PostgreSQL did not start: .*log is/),
    });
    rmSync(join(dir, 'password'));
    expect(evaluate(start, dir).error).toMatchObject({
      isProblem: true,
      message: expect.stringMatching(/password file .* is not\. Put the file back/),
    });
  });
});
