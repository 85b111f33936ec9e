import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeskStore } from './desk-store';

describe('DeskStore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-store-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds records and bytes again after a restart', () => {
    const before = new DeskStore(folder);
    before.write('matters', [{ id: 'mat_1' }]);
    before.writeBytes('upl_1', Buffer.from([0, 255, 7]));
    before.flush();
    const after = new DeskStore(folder);
    expect(after.read('matters')).toEqual([{ id: 'mat_1' }]);
    expect(after.readBytes('upl_1')).toEqual(Buffer.from([0, 255, 7]));
  });

  it('begins empty where a record is broken or was never written', () => {
    writeFileSync(join(folder, 'broken.json'), '{"half":');
    const store = new DeskStore(folder);
    expect(store.read('broken')).toBeUndefined();
    expect(store.read('never')).toBeUndefined();
    expect(store.readBytes('upl_none')).toBeUndefined();
  });

  it('keeps everything in memory without a folder', () => {
    const store = new DeskStore(undefined);
    store.write('matters', 1);
    store.writeBytes('upl_1', Buffer.from('x'));
    expect([store.read('matters'), store.readBytes('upl_1')?.toString()]).toEqual([1, 'x']);
  });

  it.each(['../up', 'a/b', ''])('refuses the name "%s"', (name) => {
    expect(() => new DeskStore(folder).write(name, 1)).toThrow('plain name');
  });
});
