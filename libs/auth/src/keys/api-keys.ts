import { Injectable } from '@nestjs/common';
import { SCOPES, type Scope } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Clock, Database, type FirmScope, hashToken, newId, newSecret } from '@matterline/platform';

export interface NewKey {
  readonly id: string;
  /** Shown this once; only its hash is kept. */
  readonly apiKey: string;
}

/** A repeat finds the key that stands and cannot show it again. */
export type MadeKey = NewKey | { readonly id: string; readonly apiKey: null };

const KEY_PREFIX = 'ml_live_';

/** Service keys of firms, and platform keys that serve all firms. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  async add(scope: FirmScope, scopes: readonly Scope[]): Promise<NewKey> {
    const key = { id: newId('key'), apiKey: newSecret(KEY_PREFIX) };
    await scope.change(
      `insert into api_keys (id, firm_id, kind, key_hash, scopes, created_at) values ($1, $2, 'firm', $3, $4, $5)`,
      [key.id, scope.firmId, hashToken(key.apiKey), scopes, this.clock.now()],
    );
    return key;
  }

  /** Idempotent by firm and scopes: a second key of the same scopes needs the first revoked. The key that the firm began with stands apart. */
  async create(firmId: string, wanted: readonly Scope[]): Promise<MadeKey> {
    const scopes = [...new Set(wanted)].sort();
    return await this.database.forFirm(firmId, async (scope) => {
      await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [firmId]);
      const standing = await scope.one<{ id: string }>(
        `select id from (select id, scopes, revoked_at, row_number() over (order by created_at, id) as place from api_keys where firm_id = $1) k
          where place > 1 and revoked_at is null and scopes = $2`,
        [firmId, scopes],
      );
      if (standing) return { id: standing.id, apiKey: null };
      const key = await this.add(scope, scopes);
      await this.audit.record(scope, {
        actor: 'operator',
        action: 'key.create',
        subject: `key:${key.id}`,
        detail: { scopes },
      });
      return key;
    });
  }

  /** There is one platform key at a time; it is replaced by revoking it first. */
  async createPlatform(): Promise<MadeKey> {
    const key = { id: newId('key'), apiKey: newSecret(KEY_PREFIX) };
    const [standing] = await this.database.directory<{ id: string }>('add_platform_key($1, $2, $3, $4)', [
      key.id,
      hashToken(key.apiKey),
      SCOPES,
      this.clock.now(),
    ]);
    return standing && standing.id !== key.id ? { id: standing.id, apiKey: null } : key;
  }

  /** @returns false when there is no such key. A revoked key stays revoked. */
  async revoke(id: string): Promise<boolean> {
    const [revoked] = await this.database.directory<{ firm_id: string | null }>('revoke_api_key($1, $2)', [
      id,
      this.clock.now(),
    ]);
    if (!revoked) return false;
    const firmId = revoked.firm_id;
    if (firmId !== null) {
      await this.database.forFirm(firmId, async (scope) => {
        await this.audit.record(scope, { actor: 'operator', action: 'key.revoke', subject: `key:${id}` });
      });
    }
    return true;
  }
}
