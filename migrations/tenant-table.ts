import type { QueryRunner } from 'typeorm';

const APP_ROLE = 'matterline_app';

interface Rights {
  /** What the application may do with the rows of its firm. */
  readonly rights?: string;
}

/** Makes a table one that shows a transaction only the rows of its firm. The owner is not bound; the application never is the owner. */
export async function protectByFirm(
  runner: QueryRunner,
  table: string,
  { rights = 'select, insert, update, delete' }: Rights = {},
): Promise<void> {
  await runner.query(`alter table ${table} enable row level security`);
  await runner.query(
    `create policy firm on ${table}
       using (firm_id = current_setting('app.firm_id', true))
       with check (firm_id = current_setting('app.firm_id', true))`,
  );
  await runner.query(`grant ${rights} on ${table} to ${APP_ROLE}`);
}

/**
 * A narrow door that looks across firms and gives back ids only. It runs as the owner, so its search path is fixed and
 * the application may do no more than call it.
 */
export async function directoryFunction(
  runner: QueryRunner,
  signature: string,
  returns: string,
  sql: string,
): Promise<void> {
  await runner.query(
    `create or replace function directory.${signature} returns ${returns}
       language sql security definer set search_path = public, pg_temp as $directory$ ${sql} $directory$`,
  );
  const name = signature.replace(/\bout\b[^,)]*/g, '');
  await runner.query(`revoke all on function directory.${bare(name)} from public`);
  await runner.query(`grant execute on function directory.${bare(name)} to ${APP_ROLE}`);
}

/** A function's name with its argument types, as GRANT wants it. */
function bare(signature: string): string {
  const open = signature.indexOf('(');
  const args = signature.slice(open + 1, -1).trim();
  const types = args === '' ? [] : args.split(',').map((arg) => arg.trim().split(/\s+/).slice(1).join(' '));
  return `${signature.slice(0, open)}(${types.join(', ')})`;
}
