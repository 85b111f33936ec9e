import type { FirmScope } from '@matterline/platform';
import type { AccountSwitch } from './connection-listeners';

/** A table of links to records of a Smokeball account, and what a row says that has none. */
export interface LinkTable {
  readonly kind: 'matter' | 'contact' | 'document';
  readonly table: string;
  readonly key: string;
  /** A row that is worth keeping for the firm's return. */
  readonly isLinked: string;
  /** Columns that a link fills, with what they hold without one (SQL). */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns as they are put aside where that is not as they are (SQL). */
  readonly kept?: Readonly<Record<string, string>>;
  /** Rows that the account has touched at all. */
  readonly isTouched: string;
}

/** Puts the links to the one account aside and brings back those to the other; a link is to one account at a time. */
export async function swapLinks(
  scope: FirmScope,
  at: Date,
  { from, to }: AccountSwitch,
  { kind, table, key, isLinked, isTouched, columns, kept = {} }: LinkTable,
): Promise<void> {
  const names = Object.keys(columns);
  const link = names.map((name) => `'${name}', ${kept[name] ?? `l.${name}`}`).join(', ');
  await scope.change(
    `insert into links_aside (firm_id, account_id, kind, record_id, link, put_aside_at)
     select l.firm_id, $2, $3, l.${key}, jsonb_build_object(${link}), $4 from ${table} l where l.firm_id = $1 and (${isLinked})
     on conflict (firm_id, account_id, kind, record_id) do update set link = excluded.link, put_aside_at = excluded.put_aside_at`,
    [scope.firmId, from, kind, at],
  );
  await scope.change(
    `update ${table} l set ${Object.entries(columns)
      .map(([name, empty]) => `${name} = ${empty}`)
      .join(', ')}, updated_at = $2 where l.firm_id = $1 and (${isTouched})`,
    [scope.firmId, at],
  );
  await scope.change(
    `update ${table} l set ${names.map((name) => `${name} = r.${name}`).join(', ')}, updated_at = $4
       from links_aside a cross join lateral jsonb_populate_record(null::${table}, a.link) r
      where l.firm_id = $1 and a.firm_id = $1 and a.account_id = $2 and a.kind = $3 and l.${key} = a.record_id`,
    [scope.firmId, to, kind, at],
  );
  await scope.change('delete from links_aside where firm_id = $1 and account_id = $2 and kind = $3', [
    scope.firmId,
    to,
    kind,
  ]);
}
