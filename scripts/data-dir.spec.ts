import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from './testing/evaluate';

const keepKey = `const { keepMasterKey } = await load('launch/master-key.mjs'); return keepMasterKey(input);`;
const prepare = `const { prepareDataDir } = await load('launch/data-dir.mjs'); prepareDataDir(input); return 'ready';`;

describe('the data folder', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'matterline-data-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('gets one key, which stays', () => {
    const first = evaluate(keepKey, dir).value as { masterKey: string; made: string };
    const file = join(dir, 'master.key');
    expect(first.made).toBe(file);
    expect(Buffer.from(first.masterKey, 'base64')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(evaluate(keepKey, dir).value).toEqual({ masterKey: readFileSync(file, 'utf8').trim(), made: null });
  });

  it('gets no new key for a database that was written under another', () => {
    evaluate(prepare, join(dir, 'postgres', 'cluster'));
    expect(evaluate(keepKey, dir).error).toMatchObject({
      isProblem: true,
      message: expect.stringContaining('master.key is missing'),
    });
  });

  it('is made with its logs', () => {
    expect(evaluate(prepare, join(dir, 'a', 'b')).value).toBe('ready');
    expect(statSync(join(dir, 'a', 'b', 'logs')).isDirectory()).toBe(true);
  });

  it('cannot be where a file is', () => {
    writeFileSync(join(dir, 'file'), '');
    const { error } = evaluate(prepare, join(dir, 'file'));
    expect(error).toMatchObject({
      isProblem: true,
      message: expect.stringMatching(/cannot be a folder.*set DATA_DIR/),
    });
  });
});
