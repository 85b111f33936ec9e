import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Connection, type Envelope, statusPatchSchema } from '@matterline/contracts';
import { Caller, Firms, Policy } from '@matterline/auth';
import { ApiError, Database, parseOrThrow } from '@matterline/platform';
import { ConnectionStatus } from './status';

/** Source: docs/http-api.md#service-api. */
@ApiTags('connection')
@Controller('api/v1/integrations/smokeball/status')
export class StatusController {
  constructor(
    private readonly status: ConnectionStatus,
    private readonly firms: Firms,
    private readonly database: Database,
  ) {}

  /** The connection's state, the webhook registration's, and the firm's settings. */
  @Get()
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of states and settings' } })
  async get(@Caller() caller: Caller): Promise<Envelope<Connection>> {
    return { data: await this.status.of(caller.firmId) };
  }

  /** Changes settings; 400 names every unknown key and wrong value, and then nothing is changed. */
  @Patch()
  @Policy({ allow: { scope: 'sync:write' }, audit: 'settings.change' })
  async patch(@Caller() caller: Caller, @Body() body: unknown): Promise<Envelope<Connection>> {
    if (caller.kind === 'session' && caller.role !== 'firm_admin')
      throw new ApiError('forbidden', 'Only a firm admin may change settings.');
    const { settings } = parseOrThrow(statusPatchSchema, body);
    await this.database.forFirm(caller.firmId, (scope) => this.firms.change(scope, settings, caller.actor));
    return { data: await this.status.of(caller.firmId) };
  }
}
