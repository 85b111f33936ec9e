import { Controller, Put, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExtensionCounts, TenantConfig } from '@matterline/contracts';
import { Policy } from '@matterline/auth';
import { AnyBody } from '@matterline/platform';
import type { FastifyRequest } from 'fastify';
import { Extensions } from '../tenants/extensions';
import { EVENT_MAX_BYTES, LIST_MAX_BYTES, readPbxBody } from '../tenants/pbx-body';
import { Pbx, type PbxCaller } from '../tenants/tenant-access';
import { TenantGuard } from '../tenants/tenant.guard';
import { TenantSettings } from '../tenants/tenant-settings';

const BY_KEY = { elsewhere: 'TenantGuard: the tenant key' } as const;

/** What the PBX tells about itself. Source: docs/telephony.md#tenants. */
@ApiTags('vodia')
@Controller('api/v1/vodia/:tenant_id')
@UseGuards(TenantGuard)
@AnyBody()
export class TenantController {
  constructor(
    private readonly settings: TenantSettings,
    private readonly extensions: Extensions,
  ) {}

  /** Changes what is given and answers with the whole configuration; 422 `region_mismatch` for another region than the firm's. */
  @Put('config')
  @Policy({ allow: BY_KEY, audit: 'pbx.config' })
  async configure(@Pbx() pbx: PbxCaller, @Req() request: FastifyRequest): Promise<TenantConfig> {
    return await this.settings.change(pbx.firmId, pbx.tenantId, readPbxBody(request, EVENT_MAX_BYTES, ['json']));
  }

  /** Replaces the list of extensions, a bare array of `{extension, name, email, aliases}`; answers with counts. */
  @Put('extensions')
  @Policy({ allow: BY_KEY, audit: 'pbx.extensions' })
  async list(@Pbx() pbx: PbxCaller, @Req() request: FastifyRequest): Promise<ExtensionCounts> {
    return await this.extensions.replace(pbx.firmId, pbx.tenantId, readPbxBody(request, LIST_MAX_BYTES, ['json']));
  }
}
