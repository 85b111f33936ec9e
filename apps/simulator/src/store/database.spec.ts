import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from './database';

const NOTHING: ReadonlySet<string> = new Set();

describe('the state in a folder', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sim-database-'));
    file = join(folder, 'state.ndjson');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Opens, does something, and lets go without a last word, as a killed process does. */
  const inProcess = <T>(work: (database: Database) => T): T => work(new Database(folder));
  const rowsOf = (table: string): unknown[] => inProcess((database) => [...database.table(table).entries()]);

  it('what was flushed is there again, in its order; what was not is gone', () => {
    inProcess((database) => {
      database.table('a').put('1', { name: 'één' });
      database.table('a').put('2', [2]);
      database.table('a').put('1', { name: 'Zwei' });
      database.flush();
      database.table('a').put('3', 'never flushed');
    });
    expect(rowsOf('a')).toEqual([
      ['1', { name: 'Zwei' }],
      ['2', [2]],
    ]);
  });

  it.each([
    ['nothing but a bracket', '['],
    ['half a change', '[["a","2",{"na'],
    ['one whole change of two', '[["a","2",2],["a","3"'],
    ['half a letter', Buffer.from('[["a","2","é"]]').subarray(0, 12)],
  ])(
    'a line that was cut off (%s) is as if it had not been begun, also for what is written after it',
    (_name, torn) => {
      inProcess((database) => {
        database.table('a').put('1', 1);
        database.flush();
      });
      appendFileSync(file, torn);
      expect(rowsOf('a')).toEqual([['1', 1]]);
      inProcess((database) => {
        database.table('a').put('4', 4);
        database.flush();
      });
      expect(rowsOf('a')).toEqual([
        ['1', 1],
        ['4', 4],
      ]);
    },
  );

  it('a row that cannot be written down is not there in memory either', () => {
    const heard: string[] = [];
    inProcess((database) => {
      const table = database.table<unknown>('a');
      table.put('1', 'before');
      table.listen((key) => heard.push(key));
      heard.length = 0;
      const circle: { me?: unknown } = {};
      circle.me = circle;
      for (const key of ['1', '2']) expect(() => table.put(key, circle)).toThrow('circular');
      expect([...table.entries()]).toEqual([['1', 'before']]);
      database.flush();
    });
    expect([heard, rowsOf('a')]).toEqual([[], [['1', 'before']]]);
  });

  it('a damaged line in the middle is told with its number, and nothing is changed', () => {
    writeFileSync(file, '[["a","1",1]]\n[["a","2"\n[["a","3",3]]\n');
    expect(() => new Database(folder)).toThrow(`line 2 of ${file} is damaged`);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
  });

  it('reads the lines of an earlier version, one change each', () => {
    writeFileSync(file, '["a","1",1]\n["a","2",2]\n["a","1",null]\n');
    expect(rowsOf('a')).toEqual([['2', 2]]);
  });

  it('clears a prefix with one short line, keeps what is to be kept, and what came later stays', () => {
    inProcess((database) => {
      for (let i = 0; i < 1000; i += 1) database.table('t/us/x/contacts').put(`${i}`, { i });
      database.table('t/us/grants').put('g', 1);
      database.table('t/au/x/contacts').put('a', 1);
      database.flush();
      const before = statSync(file).size;
      database.clear('t/us/', new Set(['grants']));
      database.table('t/us/x/contacts').put('new', 1);
      database.flush();
      expect(statSync(file).size - before).toBeLessThan(200);
    });
    expect(rowsOf('t/us/x/contacts')).toEqual([['new', 1]]);
    expect(rowsOf('t/us/grants')).toEqual([['g', 1]]);
    expect(rowsOf('t/au/x/contacts')).toEqual([['a', 1]]);
  });

  it('does not clear again on the next start', () => {
    inProcess((database) => {
      database.clear('t/', NOTHING);
      database.table('t/x').put('1', 1);
      database.flush();
    });
    inProcess((database) => {
      database.table('other').put('1', 1);
      database.flush();
    });
    expect(rowsOf('t/x')).toEqual([['1', 1]]);
  });

  it('does not grow for ever: history is thrown away while it runs, and rows are not', () => {
    inProcess((database) => {
      const rows = database.table('a');
      const counter = database.table('counter');
      for (let i = 0; i < 1000; i += 1) rows.put(`${i}`, { i });
      for (let i = 0; i < 450_000; i += 1) {
        counter.put('n', i);
        if (i % 100 === 99) database.flush();
      }
      // Each change is about 20 bytes; without throwing away it would be 9 MB.
      expect(statSync(file).size).toBeLessThan(3_000_000);
      database.table('a').put('last', 'after the rewriting');
      database.flush();
    });
    expect(rowsOf('counter')).toEqual([['n', 449_999]]);
    expect(rowsOf('a')).toHaveLength(1001);
  });

  it('a change larger than what is read at a time comes back whole', () => {
    const text = 'é'.repeat(1_500_000);
    inProcess((database) => {
      database.table('a').put('1', text);
      database.table('a').put('2', 2);
      database.flush();
    });
    expect(rowsOf('a')).toEqual([
      ['1', text],
      ['2', 2],
    ]);
  });
});
