import { createTestDatabase, type TestDatabase } from '../config/testing/test-database';
import { MIGRATIONS } from './index';
import { runMigrations, undoMigrations } from './run';

/** Tables that hold no firm's data; every other one must be protected. */
/** Nothing of any firm stands in them. */
const SHARED_TABLES = [
  'data_keys',
  'matter_type_catalogues',
  'migrations',
  'operation_transitions',
  'rate_gates',
  'rate_slots',
  'rate_turns',
  'rate_waits',
];

describe('migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    await database.drop();
  });

  test('run up, down and up again, and then have nothing left to do', async () => {
    expect(await runMigrations(database.url)).toHaveLength(MIGRATIONS.length);
    await undoMigrations(database.url);
    const left = await database.query<{ table_name: string }>(
      `select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'migrations'`,
    );
    expect(left).toEqual([]);
    expect(await runMigrations(database.url)).toHaveLength(MIGRATIONS.length);
    expect(await runMigrations(database.url)).toEqual([]);
  });

  test('two processes that migrate at once end with one set of tables', async () => {
    const other = await createTestDatabase();
    const ran = await Promise.all([runMigrations(other.url), runMigrations(other.url)]);
    expect(ran.flat()).toHaveLength(MIGRATIONS.length);
    await other.drop();
  });

  test('every table of a firm has row-level security by firm_id and is not owned by the application', async () => {
    const tables = await database.query<{ name: string; secured: boolean; owner: string; policies: string }>(
      `select c.relname as name, c.relrowsecurity as secured, pg_get_userbyid(c.relowner) as owner,
              coalesce((select string_agg(p.qual, ' ') from pg_policies p where p.tablename = c.relname), '') as policies
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r'`,
    );
    const open = tables.filter((table) => !table.secured).map((table) => table.name);
    expect(open.sort()).toEqual(SHARED_TABLES);
    for (const table of tables.filter((one) => one.secured)) {
      expect([table.name, table.policies]).toEqual([table.name, expect.stringContaining('app.firm_id')]);
      expect(table.owner).not.toBe('matterline_app');
    }
  });

  test('the application may add to the audit record and read it, nothing more', async () => {
    const rights = await database.query<{ privilege_type: string }>(
      `select privilege_type from information_schema.role_table_grants where grantee = 'matterline_app' and table_name = 'audit_entries'`,
    );
    expect(rights.map((right) => right.privilege_type).sort()).toEqual(['INSERT', 'SELECT']);
  });

  test('the doors across firms run with a fixed search path and are closed to everyone but the application', async () => {
    const doors = await database.query<{ name: string; config: string[] | null; public_may: boolean }>(
      `select p.proname as name, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as public_may
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'directory'`,
    );
    expect(doors.length).toBeGreaterThan(10);
    for (const door of doors) {
      expect([door.name, door.public_may]).toEqual([door.name, false]);
      expect(door.config?.join()).toContain('search_path');
    }
  });
});
