import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type EventRecord, type Listed, pageQuerySchema, TOTAL_CAP } from '@matterline/contracts';
import { Caller, Policy } from '@matterline/auth';
import { Database, listed, offsetOf, parseOrThrow } from '@matterline/platform';
import { EVENT_LOG, type EventRow } from './event-details';

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
      const rows = await scope.query<EventRow>(
        `select * from ${EVENT_LOG} log order by at desc, id desc limit ${page.per_page} offset ${offset}`,
        [caller.firmId],
      );
      const count = await scope.one<{ total: number }>(
        `select count(*)::int as total from (select 1 from ${EVENT_LOG} log limit ${TOTAL_CAP + 1}) counted`,
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
