import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type EventRecord, type Listed, pageQuerySchema, TOTAL_CAP } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { Database, listed, offsetOf, parseOrThrow } from '@matterline/platform';

interface Row extends Omit<EventRecord, 'at'> {
  readonly at: Date;
}

const LOG = `(select id, 'in' as direction, source, type, received_at as at, state, matter_id, note from events_in where firm_id = $1
  union all
  select e.id, 'out', 'casehug', e.type, e.created_at, coalesce((select min(d.state) from deliveries d where d.event_id = e.id), 'not sent'), e.matter_id,
    (select max(d.last_error) from deliveries d where d.event_id = e.id) from events_out e where e.firm_id = $1)`;

/** Both directions' events, for the console. */
@ApiTags('console')
@Controller('api/v1/console/events')
export class EventLogController {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  @Get()
  @Policy({ allow: { session: true }, audit: { none: 'reading of types and states' } })
  async list(@Caller() caller: Caller, @Query() query: unknown): Promise<Listed<EventRecord>> {
    const page = parseOrThrow(pageQuerySchema, query);
    const offset = offsetOf(page);
    return await this.database.forFirm(caller.firmId, async (scope) => {
      const rows = await scope.query<Row>(
        `select * from ${LOG} log order by at desc, id desc limit ${page.per_page} offset ${offset}`,
        [caller.firmId],
      );
      const count = await scope.one<{ total: number }>(
        `select count(*)::int as total from (select 1 from ${LOG} log limit ${TOTAL_CAP + 1}) counted`,
        [caller.firmId],
      );
      return listed(
        rows.map((row) => ({ ...row, at: row.at.toISOString() })),
        count?.total ?? 0,
        page,
      );
    });
  }
}
