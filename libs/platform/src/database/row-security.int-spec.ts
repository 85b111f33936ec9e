import { DataSource } from 'typeorm';
import { createMigratedDatabase, type TestDatabase } from '../../../../config/testing/test-database';
import { appDataSource } from './data-source';
import { Database } from './database';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly is_generated: boolean;
}

const OURS = 'frm_a';
const THEIRS = 'frm_b';

/** A value that any column of the type takes, another one for each firm. */
function valueFor({ column, type }: Column, firm: string): unknown {
  if (column === 'firm_id') return firm;
  const number = firm === OURS ? 1 : 2;
  if (type === 'bytea') return Buffer.from(firm);
  if (type === 'jsonb') return '{}';
  if (type === 'boolean') return true;
  if (type.startsWith('timestamp') || type === 'date') return new Date(number);
  if (type === 'ARRAY') return [];
  return ['integer', 'bigint', 'numeric'].includes(type) ? number : `${column}-${firm}`;
}

/**
 * The wall alone: raw SQL on the application's own pool, against a row of each firm in every table that holds a firm's data.
 * Not covered, because no policy can: a statement of ours that itself names another firm in `app.firm_id`, and one that says
 * `set role none`, which gives the login role back. Both need code of ours that does it; an injected value cannot, since every query
 * takes its values as parameters and the protocol then takes one statement only. An installation closes the second for good by giving
 * DATABASE_URL of the running processes a login that owns nothing.
 */
describe('row-level security', () => {
  let database: TestDatabase;
  let pool: DataSource;
  let columns: Map<string, Column[]>;

  beforeAll(async () => {
    database = await createMigratedDatabase();
    columns = await firmTables(database);
    await database.query(`set session_replication_role = replica`);
    for (const [table, found] of columns) {
      await dropChecks(database, table);
      for (const firm of [OURS, THEIRS]) await database.query(...insertion(table, found, firm));
    }
    pool = await new DataSource(appDataSource({ databaseUrl: database.url, poolSize: 1 })).initialize();
  });
  afterAll(async () => {
    await pool?.destroy();
    await database.drop();
  });

  const as = async <T>(
    firm: string | null,
    work: (query: (sql: string, values?: unknown[]) => Promise<T>) => Promise<T>,
  ) => {
    const runner = pool.createQueryRunner();
    await runner.startTransaction();
    try {
      if (firm !== null) await runner.query('select set_config($1, $2, true)', ['app.firm_id', firm]);
      return await work(async (sql, values = []) => (await runner.query(sql, values, true)) as unknown as T);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  };
  interface Result {
    readonly records: Record<string, unknown>[];
    readonly affected: number;
  }
  const rows = (firm: string | null, sql: string, values: unknown[] = []) =>
    as<Result>(firm, (query) => query(sql, values)).then((result) => result.records);
  const change = (firm: string | null, sql: string, values: unknown[] = []) =>
    as<Result>(firm, (query) => query(sql, values)).then((result) => result.affected);
  const tables = () => [...columns.keys()];

  test('every table of a firm has a row of both firms to look for', async () => {
    expect(tables().length).toBeGreaterThan(30);
    for (const table of tables()) {
      const [count] = await database.query<{ count: number }>(
        `select count(distinct firm_id)::int as count from ${table}`,
      );
      expect([table, count?.count]).toEqual([table, 2]);
    }
  });

  test('with no firm named, no table shows a row', async () => {
    for (const table of tables()) expect([table, await rows(null, `select 1 from ${table}`)]).toEqual([table, []]);
  });

  test('with an empty firm named, no table shows a row', async () => {
    for (const table of tables()) expect([table, await rows('', `select 1 from ${table}`)]).toEqual([table, []]);
  });

  test('a firm sees its own rows and none of another', async () => {
    for (const table of tables())
      expect([table, await rows(OURS, `select firm_id from ${table}`)]).toEqual([table, [{ firm_id: OURS }]]);
  });

  test('a firm cannot add a row to another', async () => {
    for (const [table, found] of columns) {
      const [sql, values] = insertion(table, found, THEIRS);
      await expect(change(OURS, sql, values)).rejects.toThrow(/row-level security policy/);
    }
  });

  test('a firm cannot give a row away', async () => {
    for (const table of tables().filter((one) => one !== 'audit_entries'))
      await expect(change(OURS, `update ${table} set firm_id = $1`, [THEIRS])).rejects.toThrow(/row-level security/);
  });

  test('changes and deletions pass by the rows of another firm', async () => {
    for (const table of tables().filter((one) => one !== 'audit_entries')) {
      expect([table, await change(OURS, `update ${table} set firm_id = firm_id where firm_id = $1`, [THEIRS])]).toEqual(
        [table, 0],
      );
      expect([table, await change(OURS, `delete from ${table} where firm_id = $1`, [THEIRS])]).toEqual([table, 0]);
    }
  });

  test.each([
    ['update', `update audit_entries set action = 'nothing'`],
    ['delete', 'delete from audit_entries'],
    ['truncate', 'truncate audit_entries'],
  ])('nobody may %s what the audit record says', async (_name, sql) => {
    await expect(change(OURS, sql)).rejects.toThrow(/permission denied/);
  });

  test.each([
    ['switch the policies off', 'alter table matters disable row level security'],
    ['drop a policy', 'drop policy firm on matters'],
    ['make a table', 'create table planted (id int)'],
    ['make a door of its own', `create function directory.planted() returns int language sql as 'select 1'`],
    ['put a function before the real one', `create function public.planted() returns int language sql as 'select 1'`],
    ['empty a table', 'truncate matters'],
    ['give itself more', 'grant update on audit_entries to matterline_app'],
  ])('the application cannot %s', async (_name, sql) => {
    if (sql.startsWith('grant')) await change(OURS, sql).catch(() => undefined);
    else await expect(change(OURS, sql)).rejects.toThrow(/must be owner|permission denied/);
    const [right] = await database.query<{ may: boolean }>(
      `select has_table_privilege('matterline_app', 'audit_entries', 'update') as may`,
    );
    expect(right?.may).toBe(false);
  });

  test.each(['select 1', 'reset role', 'reset all'])(
    'after `%s` the connection still is the application',
    async (sql) => {
      const found = await as<Result>(null, async (query) => {
        await query(sql);
        return await query('select current_user, (select count(*)::int from matters) as seen');
      });
      expect(found.records).toEqual([{ current_user: 'matterline_app', seen: 0 }]);
    },
  );

  test('the role cannot sign in, is no superuser and does not pass by policies', async () => {
    expect(
      await database.query(
        `select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'matterline_app'`,
      ),
    ).toEqual([{ rolcanlogin: false, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
  });

  test('a value that would be SQL stays a value', async () => {
    const nasty = `x'; set role none; select '`;
    expect(await rows(OURS, 'select $1::text as said', [nasty])).toEqual([{ said: nasty }]);
    await expect(rows(OURS, `select $1::text; set role none`, ['x'])).rejects.toThrow(/multiple commands/);
  });

  describe('forFirm', () => {
    const database1 = () => new Database(pool);

    test('leaves no firm behind on its connection, whether it succeeds or fails', async () => {
      await database1().forFirm(OURS, (scope) => scope.query('select 1'));
      expect(await database1().shared('select 1 from matters')).toEqual([]);
      await expect(database1().forFirm(OURS, (scope) => scope.query('select nothing'))).rejects.toThrow();
      expect(await database1().shared('select 1 from matters')).toEqual([]);
    });

    test('rolls everything back when the work throws, and then runs nothing that was left for after the commit', async () => {
      const told: string[] = [];
      const work = database1().forFirm(OURS, async (scope) => {
        scope.afterCommit(() => told.push('woken'));
        await scope.change(`delete from call_records where firm_id = $1`, [OURS]);
        throw new Error('thought better of it');
      });
      await expect(work).rejects.toThrow('thought better of it');
      expect(told).toEqual([]);
      expect(await rows(OURS, 'select firm_id from call_records')).toHaveLength(1);
    });

    test('two firms at once see each its own', async () => {
      const two = await new DataSource(appDataSource({ databaseUrl: database.url, poolSize: 4 })).initialize();
      const seen = await Promise.all(
        [OURS, THEIRS, OURS, THEIRS].map((firm) =>
          new Database(two).forFirm(firm, async (scope) => {
            await scope.query('select pg_sleep(0.02)');
            return await scope.query<{ firm_id: string }>('select firm_id from matters');
          }),
        ),
      );
      await two.destroy();
      expect(seen).toEqual([OURS, THEIRS, OURS, THEIRS].map((firm) => [{ firm_id: firm }]));
    });
  });
});

async function firmTables(database: TestDatabase): Promise<Map<string, Column[]>> {
  const columns = await database.query<Column>(
    `select c.table_name as table, c.column_name as column, c.data_type as type, c.is_identity = 'YES' as is_generated
       from information_schema.columns c join pg_class t on t.relname = c.table_name and t.relrowsecurity
      where c.table_schema = 'public' order by c.table_name, c.ordinal_position`,
  );
  const byTable = new Map<string, Column[]>();
  for (const column of columns) byTable.set(column.table, [...(byTable.get(column.table) ?? []), column]);
  return byTable;
}

/** Policies are looked at here, not which words a state may be. */
async function dropChecks(database: TestDatabase, table: string): Promise<void> {
  const checks = await database.query<{ name: string }>(
    `select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
    [table],
  );
  for (const { name } of checks) await database.query(`alter table ${table} drop constraint ${name}`);
}

function insertion(table: string, columns: readonly Column[], firm: string): [string, unknown[]] {
  const given = columns.filter((column) => !column.is_generated);
  const places = given.map((_column, at) => `$${at + 1}`).join(', ');
  return [
    `insert into ${table} (${given.map(({ column }) => column).join(', ')}) values (${places})`,
    given.map((column) => valueFor(column, firm)),
  ];
}
