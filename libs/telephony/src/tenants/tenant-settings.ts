import { Injectable } from '@nestjs/common';
import type { TenantConfig } from '@matterline/contracts';
import { AuditTrail } from '@matterline/audit';
import { SmokeballAccess } from '@matterline/auth';
import { ApiError, Database, faultsOf, type FirmScope } from '@matterline/platform';
import { badRequest } from './pbx-body';
import {
  callingCodeOf,
  type ConfigChange,
  configChangeSchema,
  countryOf,
  readCountry,
  type StoredTenantConfig,
} from './tenant-config';
import { type PbxTenant, readTenant } from './tenant-row';

/** What the tenant page of the PBX saves. Source: docs/telephony.md#tenants. */
@Injectable()
export class TenantSettings {
  constructor(
    private readonly database: Database,
    private readonly access: SmokeballAccess,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Changes what is given and answers with the whole configuration.
   * @throws ApiError `bad_request` naming every wrong field, `region_mismatch` for another region or environment than the firm's
   */
  async change(firmId: string, tenantId: string, body: unknown): Promise<TenantConfig> {
    const parsed = configChangeSchema.safeParse(body);
    if (!parsed.success) throw badRequest(faultsOf(parsed.error));
    return await this.database.forFirm(firmId, async (scope) => {
      await scope.query('select 1 from pbx_tenants where id = $1 for update', [tenantId]);
      const before = await readTenant(scope, tenantId);
      this.requireAllowed(before, parsed.data);
      await this.store(scope, before, parsed.data);
      const changed = Object.keys(parsed.data).sort();
      await this.audit.record(scope, {
        actor: `pbx:${tenantId}`,
        action: 'pbx.config',
        subject: `pbx:${tenantId}`,
        detail: { changed },
      });
      return view(await readTenant(scope, tenantId));
    });
  }

  private requireAllowed(tenant: PbxTenant, change: ConfigChange): void {
    const staging = tenant.environment === 'staging';
    if ((change.region ?? tenant.region) !== tenant.region || (change.staging ?? staging) !== staging) {
      const own = `${tenant.region}${staging ? ' staging' : ''}`;
      throw new ApiError('region_mismatch', `The firm's Smokeball account is in region ${own}.`, {
        field: 'region',
        region: tenant.region,
        staging,
      });
    }
    const template = change.link_template;
    if (!template) return;
    const { app } = this.access.hosts(tenant.region, tenant.environment);
    const isOwnHost = template.startsWith('{app}/') || template.startsWith(`${new URL(app).origin}/`);
    if (!isOwnHost || !template.includes('{id}')) {
      throw badRequest([
        { field: 'link_template', message: `must begin with {app}/ or ${new URL(app).origin}/ and contain {id}` },
      ]);
    }
  }

  private async store(scope: FirmScope, tenant: PbxTenant, change: ConfigChange): Promise<void> {
    const { domains, region: _region, staging: _staging, country_code: code, ...plain } = change;
    const country = code === undefined ? {} : { country: readCountry(code) };
    const config: StoredTenantConfig = { ...tenant.config, ...plain, ...country };
    const aliases = domains ? [...new Set(domains)].filter((name) => name !== tenant.domain) : tenant.aliases;
    await scope.change('update pbx_tenants set config = $2, aliases = $3 where id = $1', [
      tenant.id,
      JSON.stringify(config),
      aliases,
    ]);
  }
}

function view(tenant: PbxTenant): TenantConfig {
  const { country: _country, ...config } = tenant.config;
  return {
    tenant_id: tenant.id,
    domains: [tenant.domain, ...tenant.aliases],
    region: tenant.region,
    staging: tenant.environment === 'staging',
    country_code: callingCodeOf(countryOf(tenant.config, tenant.region)),
    ...config,
  };
}
