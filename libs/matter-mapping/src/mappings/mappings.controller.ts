import { Body, Controller, Delete, Get, HttpCode, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Envelope,
  mappingPutSchema,
  mappingQuerySchema,
  type MappingSaved,
  type Mappings,
  type MatterTypeChoices,
  matterTypeQuerySchema,
} from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { parseOrThrow } from '@matterline/platform';
import { ListMappings } from './list-mappings';
import { SaveMapping } from './save-mapping';
import { SearchTypes } from './search-types';

/** What case types become in Smokeball. Source: docs/http-api.md#mapping. */
@ApiTags('mapping')
@Controller('api/v1/integrations/smokeball')
export class MappingsController {
  constructor(
    private readonly mappings: ListMappings,
    private readonly saving: SaveMapping,
    private readonly types: SearchTypes,
  ) {}

  /** The case types seen and mapped, what a new matter of each would become now, how that is known and how sure it is. */
  @Get('mappings')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of case types' } })
  async list(@Caller() caller: Caller): Promise<Envelope<Mappings>> {
    return { data: await this.mappings.list(caller.firmId) };
  }

  /** Decides what a case type becomes; operations that waited for it go on. */
  @Put('mappings')
  @Policy({ allow: { role: 'firm_admin' }, audit: 'mapping.put' })
  async put(@Caller() caller: Caller, @Body() body: unknown): Promise<Envelope<MappingSaved>> {
    const put = parseOrThrow(mappingPutSchema, body);
    return { data: await this.saving.put(caller.firmId, put, caller.actor) };
  }

  /** Takes a decision back; matters that exist already stay as they are. */
  @Delete('mappings')
  @HttpCode(204)
  @Policy({ allow: { role: 'firm_admin' }, audit: 'mapping.delete' })
  async remove(@Caller() caller: Caller, @Query() query: unknown): Promise<void> {
    const { case_type: caseType, state } = parseOrThrow(mappingQuerySchema, query);
    await this.saving.remove(caller.firmId, { case_type: caseType || null, state: state || null }, caller.actor);
  }

  /** Smokeball's types of one place, by words of their name or category. */
  @Get('matter-types')
  @Policy({ allow: { scope: 'sync:read' }, audit: { none: 'reading of Smokeball’s public catalogue' } })
  async search(@Caller() caller: Caller, @Query() query: unknown): Promise<Envelope<MatterTypeChoices>> {
    const { location, q } = parseOrThrow(matterTypeQuerySchema, query);
    return { data: await this.types.search(caller.firmId, location, q) };
  }
}
