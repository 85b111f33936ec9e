import type { FirmScope } from '@matterline/platform';
import { type PbxTenant, tenantOf, type TenantRow } from '../tenants/tenant-row';
import type { PairingRow } from '../pairings/pairing-row';

/** What an event asks about: the texts that may name an extension, and the ids of earlier answers. */
export interface ContextQuestion {
  readonly tenantId: string;
  readonly extension: string;
  readonly users: readonly string[];
  readonly answerIds: readonly string[];
  readonly answersSince: Date;
}

export interface StoredAnswer {
  readonly id: string;
  readonly sealed: Buffer;
}

/** Everything that is known before anything is looked up, from one read. */
export interface CallContext {
  readonly tenant: PbxTenant;
  /** The Smokeball account whose index may be used; null while the firm is not connected. */
  readonly accountId: string | null;
  /** The extension's own name where it was called by an alias. */
  readonly extension: string;
  readonly pairing: Pick<PairingRow, 'state' | 'account_id' | 'expires_at'> | null;
  /** Those of the asked users that are extensions of the tenant. */
  readonly internal: ReadonlySet<string>;
  readonly answers: ReadonlyMap<string, StoredAnswer>;
}

interface ContextRow extends TenantRow {
  readonly account_id: string | null;
  readonly extension: string;
  readonly extension_listed: boolean;
  readonly pairing_state: PairingRow['state'] | null;
  readonly pairing_account_id: string | null;
  readonly pairing_expires_at: Date | null;
  readonly internal: string[] | null;
  readonly answer_ids: string[] | null;
  readonly answers_sealed: Buffer[] | null;
}

/** One read instead of six: a phone is ringing. */
const SQL = `
  with own as (
    select coalesce((
      select e.extension from extensions e
       where e.tenant_id = $1 and (e.extension = $2 or $2 = any(e.aliases)) order by e.extension = $2 desc limit 1), $2) as extension)
  select t.id, t.domain, t.aliases, t.config, t.extensions_known, f.region, f.environment, own.extension,
         exists (select from extensions e where e.tenant_id = t.id and e.extension = own.extension) as extension_listed,
         case when c.state <> 'disconnected' then c.account_id end as account_id,
         p.state as pairing_state, p.account_id as pairing_account_id, p.expires_at as pairing_expires_at,
         (select array_agg(g.given) from unnest($3::text[]) as g (given)
           where exists (select from extensions e where e.tenant_id = t.id and (e.extension = g.given or g.given = any(e.aliases)))) as internal,
         a.answer_ids, a.answers_sealed
    from pbx_tenants t
    cross join own
    join firms f on f.firm_id = t.firm_id
    left join connections c on c.firm_id = t.firm_id
    left join pairings p on p.tenant_id = t.id and p.extension = own.extension
    left join lateral (
      select array_agg(s.id) as answer_ids, array_agg(s.answer_enc) as answers_sealed
        from call_answers s where s.firm_id = t.firm_id and s.id = any($4) and s.created_at > $5) a on true
   where t.id = $1`;

export async function readCallContext(scope: FirmScope, question: ContextQuestion): Promise<CallContext | null> {
  const { tenantId, extension, users, answerIds, answersSince } = question;
  const row = await scope.one<ContextRow>(SQL, [tenantId, extension, users, answerIds, answersSince]);
  if (!row) return null;
  const sealed = row.answers_sealed ?? [];
  const answers = (row.answer_ids ?? []).flatMap((id, at) => {
    const one = sealed[at];
    return one ? [[id, { id, sealed: one }] as const] : [];
  });
  // An extension that the PBX no longer lists has nobody behind it, whatever was paired once.
  const isGone = row.extensions_known && !row.extension_listed;
  return {
    tenant: tenantOf(row),
    accountId: row.account_id,
    extension: row.extension,
    pairing:
      row.pairing_state === null || isGone
        ? null
        : { state: row.pairing_state, account_id: row.pairing_account_id, expires_at: row.pairing_expires_at },
    internal: new Set(row.internal ?? []),
    answers: new Map(answers),
  };
}
