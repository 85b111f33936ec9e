import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Envelope, Pairing } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { Clock, Database, FieldCipher } from '@matterline/platform';
import { extensionPlace } from '../tenants/extensions';

interface Row {
  readonly tenant_id: string;
  readonly domain: string;
  readonly extension: string;
  readonly name_enc: Buffer | null;
  readonly state: 'paired' | 'expired' | 'revoked' | null;
  readonly paired_at: Date | null;
  readonly expires_at: Date | null;
}

/** Who is paired and who is not, for the console. */
@ApiTags('console')
@Controller('api/v1/console/pairings')
export class PairingBoardController {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** Every extension that the PBX has told us of or that was ever paired. */
  @Get()
  @Policy({ allow: { session: true }, audit: { none: 'reading of states' } })
  async list(@Caller() { firmId }: Caller): Promise<Envelope<Pairing[]>> {
    const rows = await this.database.forFirm(firmId, (scope) =>
      scope.query<Row>(
        `select t.id as tenant_id, t.domain, k.extension, e.name_enc, p.state, p.paired_at, p.expires_at
           from (select tenant_id, extension from extensions union select tenant_id, extension from pairings) k
           join pbx_tenants t on t.id = k.tenant_id
           left join extensions e on e.tenant_id = k.tenant_id and e.extension = k.extension
           left join pairings p on p.tenant_id = k.tenant_id and p.extension = k.extension
          where t.firm_id = $1 order by t.domain, k.extension`,
        [firmId],
      ),
    );
    return { data: rows.map((row) => this.view(firmId, row)) };
  }

  private view(firmId: string, row: Row): Pairing {
    const place = extensionPlace(firmId, row.tenant_id, row.extension, 'name_enc');
    const isOver = row.state === 'paired' && row.expires_at !== null && row.expires_at <= this.clock.now();
    return {
      tenant_id: row.tenant_id,
      domain: row.domain,
      extension: row.extension,
      name: row.name_enc && this.cipher.openText(place, row.name_enc),
      state: isOver ? 'expired' : (row.state ?? 'never'),
      since: row.state === 'paired' ? (row.paired_at?.toISOString() ?? null) : null,
      expires_at: row.state === 'paired' ? (row.expires_at?.toISOString() ?? null) : null,
    };
  }
}
