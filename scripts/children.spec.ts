import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from './testing/evaluate';

const open = `
  const { Children } = await load('launch/children.mjs');
  const { startMark } = await load('launch/processes.mjs');
  const children = new Children({ dataDir: input.dir, cwd: input.dir });`;

describe('the processes of one start', () => {
  let dir: string;
  let bystander: ChildProcess;
  const stateFile = () => join(dir, 'run.json');
  const markOf = (pid: number | undefined) =>
    evaluate(`return (await load('launch/processes.mjs')).startMark(input);`, pid).value as string;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'matterline-children-'));
    mkdirSync(join(dir, 'logs'));
    bystander = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    await new Promise((done) => bystander.once('spawn', done));
  });
  afterEach(() => {
    bystander.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });

  it('are not started twice in one data folder, and the refused start leaves the first alone', () => {
    const state = JSON.stringify({ pid: bystander.pid, mark: markOf(bystander.pid), children: [] });
    writeFileSync(stateFile(), state);
    const { value } = evaluate(
      `${open}
      const message = await children.clearLeftovers().then(() => 'started', (error) => error.message);
      await children.stop();
      return message;`,
      { dir },
    );
    expect(value).toMatch(/^Matterline already runs with this data folder \(process \d+\)\. Stop it first/);
    expect(readFileSync(stateFile(), 'utf8')).toBe(state);
  });

  it('are ended by the next start when theirs was killed', async () => {
    const ended = new Promise((done) => bystander.once('exit', done));
    const left = { name: 'api', pid: bystander.pid, mark: markOf(bystander.pid) };
    writeFileSync(stateFile(), JSON.stringify({ pid: 999_999_999, mark: '1', children: [left] }));
    evaluate(`${open} await children.clearLeftovers(); await children.stop();`, { dir });
    await ended;
    expect(bystander.signalCode).toBe('SIGTERM');
    expect(existsSync(stateFile())).toBe(false);
  });

  it('leave a process alone that merely got the number of one of them', () => {
    const left = { name: 'api', pid: bystander.pid, mark: 'another time' };
    writeFileSync(stateFile(), JSON.stringify({ pid: 999_999_999, mark: '1', children: [left] }));
    evaluate(`${open} await children.clearLeftovers(); await children.stop();`, { dir });
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  });

  it('say which one failed, its last words and where its log is', () => {
    writeFileSync(join(dir, 'dies.js'), `console.error('Error: no such luck.'); process.exit(3);`);
    const { value } = evaluate(
      `${open}
      await children.clearLeftovers();
      children.start({ name: 'api', script: 'dies.js', env: process.env });
      const failure = await children.failure;
      await children.stop();
      return failure.message;`,
      { dir },
    );
    expect(value).toMatch(
      /^The api stopped unexpectedly \(exit code 3\): Error: no such luck\. Its log is .*logs\/api\.log\.$/,
    );
  });
});
