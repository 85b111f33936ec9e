import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@matterline/audit';
import { ApiError, Clock, Database, hashToken, newId, newSecret } from '@matterline/platform';
import { z } from 'zod';
import { readCountry } from './tenant-config';

const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);

export interface NewPbx {
  /** The tenant's primary DNS name. */
  readonly domain: string;
  /** `US`, `AU` or `GB`; without it the firm's own. */
  readonly country?: string | null;
  readonly areaCode?: string | null;
}

/** Registers a firm's PBX tenants. Source: docs/telephony.md#tenants. */
@Injectable()
export class Pbxes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Idempotent by firm and domain; the key comes back only the first time, its hash alone is kept.
   * @throws ApiError `validation_error` naming what is wrong
   */
  async create(firmId: string, pbx: NewPbx): Promise<{ tenantId: string; tenantKey: string | null }> {
    const { domain, config } = checked(pbx);
    const tenantId = newId('pbx');
    const tenantKey = newSecret('ml_pbx_');
    return await this.database.forFirm(firmId, async (scope) => {
      const made = await scope.one<{ id: string }>(
        `insert into pbx_tenants (id, firm_id, domain, key_hash, config, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (firm_id, domain) do nothing returning id`,
        [tenantId, firmId, domain, hashToken(tenantKey), JSON.stringify(config), this.clock.now()],
      );
      if (!made) {
        const known = await scope.one<{ id: string }>('select id from pbx_tenants where firm_id = $1 and domain = $2', [
          firmId,
          domain,
        ]);
        if (!known) throw new Error('a tenant that exists cannot be read');
        return { tenantId: known.id, tenantKey: null };
      }
      await this.audit.record(scope, { actor: 'operator', action: 'pbx.create', subject: `pbx:${tenantId}` });
      return { tenantId, tenantKey };
    });
  }
}

function checked({ domain, country, areaCode }: NewPbx) {
  const name = domainSchema.safeParse(domain);
  const code = country ? readCountry(country) : null;
  const area = (areaCode ?? '').trim();
  const faults = [
    ...(name.success ? [] : [{ field: 'domain', message: 'must be a domain name' }]),
    ...(country && !code ? [{ field: 'country', message: 'must be US, AU or GB' }] : []),
    ...(/^\d{0,6}$/.test(area) ? [] : [{ field: 'area_code', message: 'must be up to 6 digits' }]),
  ];
  if (!name.success || faults.length > 0) throw ApiError.validation(faults);
  return { domain: name.data, config: { country: code, area_code: area } };
}
