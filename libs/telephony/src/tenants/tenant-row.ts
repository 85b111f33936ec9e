import { ApiError, type FirmScope } from '@matterline/platform';
import type { Environment, Region } from '@matterline/smokeball-client';
import { readStoredConfig, type StoredTenantConfig } from './tenant-config';

export interface PbxTenant {
  readonly id: string;
  readonly domain: string;
  readonly aliases: readonly string[];
  readonly config: StoredTenantConfig;
  /** Whether the PBX has sent its list of extensions. */
  readonly extensionsKnown: boolean;
  readonly region: Region;
  readonly environment: Environment;
}

export interface TenantRow {
  readonly id: string;
  readonly domain: string;
  readonly aliases: string[];
  readonly config: unknown;
  readonly extensions_known: boolean;
  readonly region: Region;
  readonly environment: Environment;
}

export const tenantOf = (row: TenantRow): PbxTenant => ({
  id: row.id,
  domain: row.domain,
  aliases: row.aliases,
  config: readStoredConfig(row.config),
  extensionsKnown: row.extensions_known,
  region: row.region,
  environment: row.environment,
});

export async function readTenant(scope: FirmScope, tenantId: string): Promise<PbxTenant> {
  const row = await scope.one<TenantRow>(
    `select t.id, t.domain, t.aliases, t.config, t.extensions_known, f.region, f.environment
       from pbx_tenants t join firms f on f.firm_id = t.firm_id where t.id = $1`,
    [tenantId],
  );
  if (!row) throw new ApiError('unknown_tenant', 'There is no such PBX tenant.');
  return tenantOf(row);
}

/** @throws ApiError `domain_mismatch` when a domain was given and is none of the tenant's */
export function requireOwnDomain(tenant: Pick<PbxTenant, 'domain' | 'aliases'>, given: string): void {
  const name = given.trim().toLowerCase().replace(/\.$/, '');
  if (name === '' || name === tenant.domain || tenant.aliases.includes(name)) return;
  throw new ApiError('domain_mismatch', 'This domain does not belong to the PBX tenant.', { field: 'domain' });
}
