import { Injectable } from '@nestjs/common';
import { SCOPES, type Scope } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { Clock, Database, type FirmScope, hashToken, newId, newSecret } from '@matterline/platform';

export interface NewKey {
  readonly id: string;
  /** Shown this once; only its hash is kept. */
  readonly apiKey: string;
}

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

  async create(firmId: string, scopes: readonly Scope[]): Promise<NewKey> {
    return await this.database.forFirm(firmId, async (scope) => {
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

  async createPlatform(): Promise<NewKey> {
    const key = { id: newId('key'), apiKey: newSecret(KEY_PREFIX) };
    await this.database.directory('add_platform_key($1, $2, $3, $4)', [
      key.id,
      hashToken(key.apiKey),
      SCOPES,
      this.clock.now(),
    ]);
    return key;
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
